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
  run(SEAL + script(html, 'lab-core') + '\n' + script(html, 'lab-model') + '\n' + here('check.js') + here('trace.js'))
  return { html, run }
}

const HOSTILE = ['a=%', 'a=5', 'a=[null]', 'a=[[0,5]]', 'a=[[0,"="]]', 'a=[["x","y"]]', 'a=[[1e9,"z"]]', 'a=[[0,"=",{"seed":"x","__proto__":{"z":1}}]]', 't=1e99', 't=-4', 't=NaN', 'model=constructor', 'seqs=1e999', 'n=__proto__', '__proto__=1', 'seed=<img src=x onerror=alert(1)>', '%00', '=', '&&&', 'seed']

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

  // every sentence has a tested claim; every control is moved by a claim
  const cases = json('Object.fromEntries(Object.entries(Lab.def.cases).map(([k, v]) => [k, (v.expect || []).length]))')
  const tries = [...html.matchAll(/<li data-case="([^"]*)"/g)].map(m => m[1]), take = html.match(/id="takeaway" data-cases="([^"]*)"/)[1].split(' ')
  for (const k of [...tries, ...take]) need(cases[k] > 0, `“${k}” has no tested claim`)
  const unmoved = json(`(() => { const used = new Set(); for (const k of Object.values(Lab.def.cases)) if (k.expect) { Object.keys(k.set || {}).forEach(x => used.add(x)); (k.acts || []).forEach(a => used.add(a[1])) } return Object.keys(Lab.def.controls).filter(k => !used.has(k)) })()`)
  need(!unmoved.length, 'controls that no claim moves: ' + unmoved)
  const presets = json(`Object.values(Lab.def.presets).map(x => { const S = Lab.open().load(x); S.seek(Math.floor(S.end / 2)); return JSON.stringify(S.out()) })`)
  need(presets.length >= 3 && presets.length <= 6 && new Set(presets).size == presets.length, '3–6 presets, pairwise different')
  need(run('Lab.def.start in Lab.def.presets'), 'start names a preset')

  // the contract of Out
  const faults = json(`(() => { const bad = new Set(), KINDS = 'formula bars grid series graph lanes log code text'.split(' ')
    const look = (o, at) => {
      if (typeof o.say != 'string' || o.say.length < 10) bad.add(at + ': say')
      if (/undefined|NaN|\\[object/.test(JSON.stringify(o))) bad.add(at + ': undefined, NaN or [object in Out')
      let views = o.read ? 1 : 0
      for (const k in o) { const p = o[k]; if (!p || !p.kind) continue; views++; if (!(p.title || p.text)) bad.add(at + ': ' + k + ' has no title'); if (p.kind != 'text' && !(p.alt && p.alt.length > 3)) bad.add(at + ': ' + k + ' has no alt') }
      if (views < 2) bad.add(at + ': fewer than two views')
      for (const k in o.read) if (!o.read[k].label) bad.add(at + ': reading ' + k + ' has no label')
    }
    for (const set of [Lab.def.presets, Lab.def.cases]) for (const k in set) { const S = Lab.open().load(set[k]); look(S.out(), k); look(S.seek(S.end).out(), k + ' at its end') }
    for (const r of Lab.def.panes.flat()) { const k = r.split('*')[0]; if (!Lab.open().out()[k]) bad.add('panes names ' + k) }
    return [...bad] })()`)
  need(!faults.length, 'out: ' + faults.slice(0, 5).join(' · '))
  // alternatives change with the data
  const alts = json(`(() => { const seen = {}; for (const set of [Lab.def.presets, Lab.def.cases]) for (const k in set) { const S = Lab.open().load(set[k]); for (const at of [S.t, S.end]) { const o = S.seek(at).out(); for (const p in o) if (o[p] && o[p].alt) (seen[p] = seen[p] || {})[o[p].alt] = 1 } } return Object.keys(seen).filter(p => Object.keys(seen[p]).length < 2) })()`)
  need(!alts.length, 'text alternatives that never change: ' + alts)

  for (const h of HOSTILE) { try { run(`(S => { S.out(); S.seek(S.end); S.out() })(Lab.open().open(${JSON.stringify(h)}))`); passed++ } catch (e) { bad.push(`hostile hash ${h}: ${e.message}`) } }
  const acts = ['', 'toggle', 'cell', 'fire', 'burst', '=', '__proto__', ...json('Object.keys(Lab.def.controls)')]
  for (const a of acts) for (const arg of [undefined, null, 5, '', 'S99', '9,9', '__proto__', { x: 1 }, [[]]]) { try { run(`(S => { S.out(); S.seek(60); S.out() })(Lab.open().open('a=' + encodeURIComponent(${JSON.stringify(JSON.stringify([[0, a, arg], [3, a, arg]]))})))`) } catch (e) { bad.push(`hostile action ${a}(${JSON.stringify(arg)}): ${e.message}`) } }
  need(run('({}).z === undefined'), 'a hash reached Object.prototype')

  // acting in the past drops what came later; a round trip through the hash changes nothing
  if (run('!!Lab.def.step')) {
    need(run(`(() => { const k = Object.values(Lab.def.cases).find(k => k.acts); if (!k) return true
      const [, n, a] = k.acts[0], S = Lab.open().load({ ...k, acts: [[1, n, a], [30, n, a]], at: 40 }); S.seek(20).act(n, a)
      return S.acts.length == 2 && S.acts[1][0] == 20 && S.t == 20 })()`), 'acting in the past forks')
    need(run(`(() => Object.values(Lab.def.cases).every(k => { const A = Lab.open().load(k), a = JSON.stringify(A.out()); A.seek(A.end).seek(0).seek(k.at || 0); return JSON.stringify(A.out()) == a && JSON.stringify(Lab.open().open(A.hash()).out()) == a }))()`), 'scrubbing or the hash changes the state')
  } else need(run(`Object.values(Lab.def.cases).every(k => { const A = Lab.open().load(k); return JSON.stringify(Lab.open().open(A.hash()).out()) == JSON.stringify(A.out()) })`), 'the hash changes the state')

  const lines = run('Lab.trace()').join('\n')         // browser.mjs compares it with Chromium's
  return { id, passed, bad, claims: claims.length, checks: checks.length, states: proofs.reduce((a, x) => a + x.states, 0), invariants: proofs.length, trace: lines }
}

if (process.argv[1] && import.meta.url == pathToFileURL(process.argv[1]).href) {
  const [id, expr] = process.argv.slice(2), file = labFiles().find(f => path.basename(f, '.html') == id)
  if (!file) { console.error('no such lab: ' + id); process.exit(1) }
  if (expr) console.log(JSON.stringify(JSON.parse(open(file).run(`JSON.stringify(${expr}) ?? 'null'`)), null, 1))
  else { const t = performance.now(), { trace, ...r } = modelTests(file); console.log({ ...r, ms: Math.round(performance.now() - t), trace: trace.length }) }
}
