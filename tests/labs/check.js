// Claims and invariants. Test side only: evaluated after a lab's core and model, in node's vm and in the browser.
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
  Object.assign(Lab, { claims, check: () => Lab.claims(Lab.def.cases), prove, get })
})()
