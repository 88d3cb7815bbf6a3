// Claims, invariants and the contract. Test side only: evaluated after a lab's core and model, in node, in the browser and
// by `library-tui check`.
;(() => {
  const get = (o, p) => o.read && p in o.read ? o.read[p].value : p.split('.').reduce((x, k) => x == null ? x : x[k], o)
  const round = (v, like) => Number(v).toFixed((String(like).split('.')[1] || '').length)
  const ops = {
    '=': (a, b) => JSON.stringify(a) === JSON.stringify(b),
    '!=': (a, b) => JSON.stringify(a) !== JSON.stringify(b),
    '<': (a, b) => a < b, '>': (a, b) => a > b, '<=': (a, b) => a <= b, '>=': (a, b) => a >= b,
    '~': (a, b) => Math.abs(a - b) <= 0.01 * Math.abs(b),
    '≈': (a, b) => typeof a == 'number' && round(a, b) === round(b, b),   // rounds to the figure as written
    has: (a, b) => a != null && a.includes(b)
  }
  // expect: [path, op, want, baseCase?]; with a base case, a number is a multiple of the base's value
  const claims = all => {
    const res = []
    for (const id in all) for (const [path, op, want, base] of all[id].expect || []) {
      const got = get(Lab.open().load(all[id]).out(), path)
      const b = base ? get(Lab.open().load(Lab.def.cases[base]).out(), path) : 0
      const w = base ? (typeof b == 'number' ? b * want : b) : want
      res.push({ case: id, path, op, want: w, got, ok: !!ops[op](got, w) })
    }
    return res
  }
  // a lab without time has no seed to vary: its controls are set at random around each case
  const anywhere = (seed, set) => {
    let a = seed
    const r = () => { a = a + 0x6D2B79F5 | 0; let t = Math.imul(a ^ a >>> 15, a | 1); t ^= t + Math.imul(t ^ t >>> 7, t | 61); return ((t ^ t >>> 14) >>> 0) / 4294967296 }
    const p = { ...set }, pick = o => o[Math.floor(r() * o.length)]
    for (const k in Lab.def.controls) {
      const d = Lab.def.controls[k], v = d.kind == 'toggle' ? r() < .5 : d.kind == 'pick' ? pick(Object.keys(d.options)) : d.stops ? pick(d.stops) : d.min + r() * (d.max - d.min)
      if (r() < .5) p[k] = v
    }
    return p
  }
  // invariants hold at every tick of every case, for many seeds
  const prove = (seeds = 20) => {
    const inv = Object.entries(Lab.def.always || {}), all = { '': {}, ...Lab.def.cases }
    const res = inv.map(([name]) => ({ name, states: 0, bad: null }))
    if (!inv.length) return res
    for (const id in all) {
      const k = all[id]
      for (let s = 1; s <= seeds; s++) {
        const S = Lab.open().load({ ...k, at: 0, set: Lab.def.init ? { ...k.set, seed: s } : anywhere(s, k.set) })
        for (;; S.seek(S.t + 1)) {
          inv.forEach(([, f], i) => { const r = res[i]; r.states++; if (!r.bad && !f(S.state() || S.out(), S.c, S.t)) r.bad = { case: id, seed: s, t: S.t } })
          if (S.t >= S.end) break
        }
      }
    }
    return res
  }
  // ---------- the contract, as far as it is seen in the model ----------
  const HASHES = ['a=%', 'a=5', 'a=[null]', 'a=[[0,5]]', 'a=[[0,"="]]', 'a=[["x","y"]]', 'a=[[1e9,"z"]]', 'a=[[0,"=",{"seed":"x","__proto__":{"z":1}}]]', 't=1e99', 't=-4', 't=NaN', 'model=constructor', 'seqs=1e999', 'n=__proto__', '__proto__=1', 'seed=<img src=x onerror=alert(1)>', '%00', '=', '&&&', 'seed']
  const states = () => [Lab.def.presets, Lab.def.cases].flatMap(set => Object.entries(set || {}))
  const outs = visit => states().forEach(([id, k]) => { const S = Lab.open().load(k); for (const at of new Set([S.t, S.end])) visit(S.seek(at).out(), at ? `${id} at tick ${at}` : id) })

  // `page`: what stands on it — { cases: named by takeaway and experiments, controls, parts }
  const lint = page => {
    const L = Lab.def, C = L.controls || {}, P = L.presets || {}, K = L.cases || {}, bad = new Set(), say = x => bad.add(x), same = (a, b) => JSON.stringify(a) === JSON.stringify(b)
    for (const k of ['t', 'a']) if (Object.hasOwn(C, k)) say(`the control \`${k}\` has a reserved name`)
    for (const k of page.cases) if (!(K[k] && (K[k].expect || []).length)) say(`the page names the case \`${k}\`, which has no claim`)
    const moved = new Set(Object.values(K).filter(k => k.expect).flatMap(k => [...Object.keys(k.set || {}), ...(k.acts || []).map(a => a[1])]))
    for (const k in C) {
      if (!C[k].label) say(`the control \`${k}\` has no label`)
      if (!moved.has(k)) say(`no claim moves the control \`${k}\``)
      if (!page.controls.includes(k)) say(`the control \`${k}\` has no place on the page`)
    }
    for (const k of page.controls) if (!Object.hasOwn(C, k)) say(`the page has a place for the control \`${k}\`, which there is not`)
    const views = Object.values(P).map(x => { const S = Lab.open().load(x); return JSON.stringify([S.out(), S.seek(Math.floor(S.end / 2)).out()]) })
    if (views.length < 3 || views.length > 6) say(`there are ${views.length} presets, of 3 to 6`)
    if (new Set(views).size < views.length) say('two presets show the same')
    for (const k in P) if (!P[k].label) say(`the preset \`${k}\` has no label`)
    if (!Object.hasOwn(P, L.start)) say('`start` names no preset')
    if (!Object.keys(L.always || {}).length) say('there are no invariants in `always`')

    const parts = new Set(['read']), alts = {}
    outs((o, at) => {
      if (typeof o.say != 'string' || o.say.length < 10) say(`${at}: \`say\` is no sentence`)
      const odd = /undefined|NaN|\[object/.exec(JSON.stringify(o))
      if (odd) say(`${at}: shows \`${odd[0]}\``)
      let n = o.read ? 1 : 0
      for (const k in o) {
        const p = o[k]
        if (!p || !p.kind) continue
        n++; parts.add(k)
        if (!(p.title || p.text)) say(`the part \`${k}\` has no title`)
        if (p.kind != 'text' && !(p.alt && p.alt.length > 3)) say(`${at}: the part \`${k}\` has no \`alt\``)
        if (p.alt) (alts[k] = alts[k] || new Set()).add(p.alt)
      }
      if (n < 2) say(`${at}: fewer than two views`)
      for (const k in o.read) if (!o.read[k].label) say(`the reading \`${k}\` has no label`)
    })
    for (const k in alts) if (alts[k].size < 2) say(`the \`alt\` of \`${k}\` never changes`)
    for (const k of page.parts) if (!parts.has(k)) say(`the page has a place for the part \`${k}\`, which there is not`)
    for (const r of (L.panes || []).flat()) if (!parts.has(r.split('*')[0])) say(`\`panes\` names the part \`${r.split('*')[0]}\`, which there is not`)

    // a hash or an action that nobody wrote breaks nothing
    const whole = h => { try { const S = Lab.open().open(h); S.out(); S.seek(S.end); S.out() } catch (e) { say(`the state \`${h}\` breaks it: ${e && e.message}`) } }
    HASHES.forEach(whole)
    for (const a of ['', 'toggle', 'cell', 'fire', 'burst', '=', '__proto__', ...Object.keys(C)]) for (const arg of [undefined, null, 5, '', 'S99', '9,9', '__proto__', { x: 1 }, [[]]]) {
      const h = 'a=' + encodeURIComponent(JSON.stringify([[0, a, arg], [3, a, arg]]))
      try { const S = Lab.open().open(h); S.out(); S.seek(60); S.out() } catch (e) { say(`the action \`${a}\` with ${JSON.stringify(arg)} breaks it: ${e && e.message}`) }
    }
    if ({}.z !== undefined) say('a state reaches Object.prototype')

    // acting in the past drops what came later; neither scrubbing nor the hash changes anything
    for (const id in K) {
      const k = K[id], A = Lab.open().load(k), shown = JSON.stringify(A.out())
      if (L.step && JSON.stringify(A.seek(A.end).seek(0).seek(k.at || 0).out()) != shown) say(`${id}: scrubbing changes the state`)
      if (JSON.stringify(Lab.open().open(A.hash()).out()) != shown) say(`${id}: the hash is another state`)
    }
    const acted = Object.values(K).find(k => k.acts)
    if (L.step && acted) {
      const [, n, a] = acted.acts[0], S = Lab.open().load({ ...acted, acts: [[1, n, a], [30, n, a]], at: 40 })
      S.seek(20).act(n, a)
      if (!(S.acts.length == 2 && S.acts[1][0] == 20 && S.t == 20)) say('acting in the past does not fork')
    }
    return [...bad]
  }

  // everything there is to prove: [what, sentence] for each that fails
  const proof = (page, figures, seeds) => {
    const bad = [], told = (what, all) => Lab.claims(all).filter(c => !c.ok).forEach(c => bad.push([what, `${what == 'claim' ? 'case' : 'figure'} \`${c.case}\`: \`${c.path}\` ${c.op} ${JSON.stringify(c.want)}, but it is ${JSON.stringify(c.got)}`]))
    lint(page).forEach(x => bad.push(['contract', x]))
    told('claim', Lab.def.cases || {})
    for (const f of figures || []) if (!(f.expect && f.expect.length)) bad.push(['figure', `figure \`${f.check}\` expects nothing`])
    told('figure', Object.fromEntries((figures || []).map(f => [f.check, f])))
    for (const x of prove(seeds)) if (x.bad) bad.push(['invariant', `“${x.name}” fails in ${x.bad.case ? `case \`${x.bad.case}\`` : 'the first state'}, seed ${x.bad.seed}, tick ${x.bad.t}`])
    return bad
  }
  Object.assign(Lab, { claims, check: () => Lab.claims(Lab.def.cases), prove, lint, proof, get })
})()
