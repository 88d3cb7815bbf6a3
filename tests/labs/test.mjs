// node tests/labs/test.mjs [--all] [lab...]   all tests of the labs that changed since they passed, or of those named
// With --all, or where CI is set, of every lab. One process a core, each with a Chromium of its own.
import crypto from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ROOT, drift, labFiles } from './kit.mjs'

const args = process.argv.slice(2), want = args.filter(a => a != '--all'), all = args.includes('--all') || !!process.env.CI
const known = labFiles(), slug = f => path.basename(f, '.html')
const strangers = want.filter(w => !known.some(f => slug(f) == w))
if (!known.length || strangers.length) { console.error('no such lab: ' + strangers.join(' ')); process.exit(2) }

// What passed, by a hash of the lab and of everything that judges it
const here = path.dirname(fileURLToPath(import.meta.url)), memory = path.join(ROOT, '../target/labs-passed.json')
const below = (dir, q) => fs.readdirSync(dir, { withFileTypes: true, recursive: true }).filter(e => e.isFile() && q.test(e.name)).map(e => path.join(e.parentPath, e.name)).filter(f => !f.includes('node_modules')).sort()
const judges = [...below(here, /\.mjs$|^package-lock\.json$/), ...below(path.join(ROOT, 'kit'), /\.(js|css)$/)]
const hash = files => files.reduce((h, f) => h.update(f + '\0').update(fs.existsSync(f) ? fs.readFileSync(f) : ''), crypto.createHash('sha256')).digest('hex')
const common = hash(judges), key = f => hash([f, path.join(here, 'checks', slug(f) + '.json')]) + common
let kept = {}
try { kept = JSON.parse(fs.readFileSync(memory, 'utf8')) } catch { /* nothing passed yet */ }
const files = known.filter(f => want.length ? want.includes(slug(f)) : all || kept[slug(f)] != key(f))

let passed = 0, failed = 0
const stale = drift()
if (stale.length) { failed++; console.log('✗ kit: out of date, run `node tests/labs/kit.mjs`: ' + stale.join(', ')) } else passed++

const queue = [...files], cores = Math.min(os.availableParallelism(), files.length)
await Promise.all(Array.from({ length: cores }, () => new Promise(done => {
  const w = fork(new URL('./worker.mjs', import.meta.url)); let now
  const next = () => w.send(now = queue.shift() || null)
  w.on('message', r => {
    passed += r.passed; failed += r.bad.length
    if (r.bad.length) delete kept[slug(r.file)]; else kept[slug(r.file)] = key(r.file)
    console.log(`${r.bad.length ? '✗' : '✓'} ${path.relative(ROOT, r.file)}  ${(r.ms / 1000).toFixed(1)} s  ${r.note || ''}`)
    for (const b of r.bad) console.log('    ✗ ' + b)
    next()
  })
  w.on('exit', code => { if (now) { failed++; console.log(`✗ ${now}: the test process ended with ${code}`) } done() })
  next()
})))
fs.mkdirSync(path.dirname(memory), { recursive: true })
fs.writeFileSync(memory, JSON.stringify(kept))
const rest = want.length ? 0 : known.length - files.length
if (rest) console.log(`${rest} labs passed before and have not changed; --all tests them too`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
