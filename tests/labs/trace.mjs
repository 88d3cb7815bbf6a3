// node trace.mjs <lab>: drives a lab through everything it declares and prints one observation a line.
// node trace.mjs --digests: writes traces.txt, which every engine that plays labs is held to.
// Whatever engine runs the same core, model and labs/kit/trace.js must print the same bytes.
import fs from 'node:fs'
import path from 'node:path'
import { open, digest } from './model.mjs'
import { labFiles } from './kit.mjs'

const slug = f => path.basename(f, '.html'), want = process.argv[2]
if (want == '--digests') {
  const bySlug = labFiles().sort((a, b) => slug(a) < slug(b) ? -1 : 1)
  fs.writeFileSync(new URL('traces.txt', import.meta.url), bySlug.map(f => digest(slug(f), open(f).run('Lab.trace()').join('\n')) + '\n').join(''))
} else {
  const file = labFiles().find(f => slug(f) == want)
  if (!file) { console.error('no such lab: ' + want); process.exit(1) }
  process.stdout.write(open(file).run('Lab.trace()').join('\n') + '\n')
}
