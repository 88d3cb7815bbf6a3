// A lab's model without a browser: claims, catalogue checks, invariants, hostile state, trace.
//   node model.mjs <lab> [expression]     e.g. node model.mjs raft-election "Lab.open().seek(200).out().say"
import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'
import { pathToFileURL } from 'node:url'
import { labFiles } from './kit.mjs'

const here = f => fs.readFileSync(new URL(f, import.meta.url), 'utf8')
export const script = (html, id) => html.match(new RegExp(`<script id="${id}">([^]*?)</script>`))[1]
// What the terminal's engine takes away, so that a model that needs it fails here too.
const SEAL = 'delete Math.random;for(const k of ["Date","Intl","Proxy","WeakRef","performance","SharedArrayBuffer","Atomics","WebAssembly"])delete globalThis[k];for(const k of Object.getOwnPropertyNames(globalThis))if(/Array$/.test(k)&&k!="Array")delete globalThis[k];'

export const open = file => {
  const html = fs.readFileSync(file, 'utf8'), ctx = vm.createContext({}), run = s => vm.runInContext(s, ctx, { timeout: 60000 })
  run(SEAL + script(html, 'lab-core') + '\n' + script(html, 'lab-model') + '\n' + here('../../labs/kit/check.js') + here('../../labs/kit/trace.js'))
  return { html, run }
}

/** A line of traces.txt: FNV-1a of 64 bits over the trace as trace.mjs prints it. */
export const digest = (id, trace) => {
  const bytes = Buffer.from(trace + '\n')
  let lo = 0x84222325, hi = 0xcbf29ce4                 // times 0x100000001b3, in halves of 32 bits
  for (const b of bytes) {
    lo = (lo ^ b) >>> 0
    const low = lo * 0x1b3
    hi = (Math.imul(hi, 0x1b3) + Math.floor(low / 2 ** 32) + (lo << 8)) >>> 0
    lo = low >>> 0
  }
  const hex = v => v.toString(16).padStart(8, '0')
  return `${id} ${trace.split('\n').length} lines ${bytes.length} bytes ${hex(hi)}${hex(lo)}`
}

export const modelTests = file => {
  const id = path.basename(file, '.html'), bad = []
  let passed = 0
  const need = (ok, msg) => { if (ok) passed++; else bad.push(msg) }
  const { html, run } = open(file)
  const json = s => JSON.parse(run(`JSON.stringify(${s})`))
  const show = c => `${c.case} ${c.path} ${c.op} ${JSON.stringify(c.want)}, got ${JSON.stringify(c.got)}`

  const claims = json('Lab.check()')
  claims.forEach(c => need(c.ok, 'claim ' + show(c)))
  const list = new URL(`./checks/${id}.json`, import.meta.url)
  let checks = []
  need(fs.existsSync(list), `no checks/${id}.json with the catalogue's figures`)
  if (fs.existsSync(list)) {
    const all = Object.fromEntries(JSON.parse(fs.readFileSync(list, 'utf8')).map(c => [c.check, c]))
    for (const k in all) need(all[k].expect?.length, 'check without expect: ' + k)
    checks = json(`Lab.claims(${JSON.stringify(all)})`)
    checks.forEach(c => need(c.ok, 'check ' + show(c)))
  }
  const proofs = json('Lab.prove(20)')
  need(proofs.length, 'no invariants')
  proofs.forEach(x => need(!x.bad, `invariant “${x.name}” fails: ${JSON.stringify(x.bad)}`))

  // every sentence has a claim, every control is moved, Out keeps the contract, no hash breaks it
  const all = q => [...html.split('<script id="lab-core">')[0].matchAll(q)].flatMap(m => m[1].split(' '))
  const page = { cases: [...all(/<li data-case="([^"]*)"/g), ...all(/id="takeaway" data-cases="([^"]*)"/g)], controls: all(/data-controls="([^"]*)"/g), parts: all(/data-part="([^"]*)"/g) }
  const lint = json(`Lab.lint(${JSON.stringify(page)})`)
  if (!lint.length) passed++
  bad.push(...lint)

  const lines = run('Lab.trace()').join('\n')         // browser.mjs compares it with Chromium's, traces.txt with the terminal's
  need(here('traces.txt').split('\n').includes(digest(id, lines)), 'the trace is not the one of traces.txt; if it should differ, run `node tests/labs/trace.mjs --digests`')
  return { id, passed, bad, claims: claims.length, checks: checks.length, states: proofs.reduce((a, x) => a + x.states, 0), invariants: proofs.length, trace: lines }
}

if (process.argv[1] && import.meta.url == pathToFileURL(process.argv[1]).href) {
  const [id, expr] = process.argv.slice(2), file = labFiles().find(f => path.basename(f, '.html') == id)
  if (!file) { console.error('no such lab: ' + id); process.exit(1) }
  if (expr) console.log(JSON.stringify(JSON.parse(open(file).run(`JSON.stringify(${expr}) ?? 'null'`)), null, 1))
  else { const t = performance.now(), { trace, ...r } = modelTests(file); console.log({ ...r, ms: Math.round(performance.now() - t), trace: trace.length }) }
}
