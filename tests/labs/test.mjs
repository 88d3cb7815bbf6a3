// node tests/labs/test.mjs [lab...]     all tests of all labs (or of some), two at a time
import path from 'node:path'
import { fork } from 'node:child_process'
import { ROOT, drift, labFiles } from './kit.mjs'

const want = process.argv.slice(2), files = labFiles().filter(f => !want.length || want.includes(path.basename(f, '.html')))
if (!files.length || want.some(w => !files.some(f => path.basename(f, '.html') == w))) { console.error('no such lab: ' + want.join(' ')); process.exit(2) }
let passed = 0, failed = 0
const stale = drift()
if (stale.length) { failed++; console.log('✗ kit: out of date, run `node tests/labs/kit.mjs`: ' + stale.join(', ')) } else passed++

const queue = [...files]
await Promise.all([0, 1].slice(0, files.length).map(() => new Promise(done => {
  const w = fork(new URL('./worker.mjs', import.meta.url)); let now
  const next = () => w.send(now = queue.shift() || null)
  w.on('message', r => {
    passed += r.passed; failed += r.bad.length
    console.log(`${r.bad.length ? '✗' : '✓'} ${path.relative(ROOT, r.file)}  ${(r.ms / 1000).toFixed(1)} s  ${r.note || ''}`)
    for (const b of r.bad) console.log('    ✗ ' + b)
    next()
  })
  w.on('exit', code => { if (now) { failed++; console.log(`✗ ${now}: the test process ended with ${code}`) } done() })
  next()
})))
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
