// node trace.mjs <lab>: drives a lab through everything it declares and prints one observation a line.
// Whatever engine runs the same core, model and trace.js must print the same bytes.
import path from 'node:path'
import { open } from './model.mjs'
import { labFiles } from './kit.mjs'

const file = labFiles().find(f => path.basename(f, '.html') == process.argv[2])
if (!file) { console.error('no such lab: ' + process.argv[2]); process.exit(1) }
process.stdout.write(open(file).run('Lab.trace()').join('\n') + '\n')
