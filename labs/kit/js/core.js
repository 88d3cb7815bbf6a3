// LAB CORE — pure ECMAScript, no DOM, no clock, no Math.random, no Intl.
// The browser runs it; the terminal reader runs the very same bytes in QuickJS.
var Lab = (() => {
  const copy = v => JSON.parse(JSON.stringify(v)), LIM = 50

  // ---------- numbers as text (identical in every engine) ----------
  const group = s => s.replace(/\d+/, d => d.replace(/\B(?=(\d{3})+$)/g, ','))
  const sig = v => {                      // 3 significant digits, grouped
    if (v >= 999.5) return group(v.toFixed(0))
    let d = 0, x = v
    while (x > 0 && x < 99.95 && d < 6) x *= 10, d++
    return d ? v.toFixed(d).replace(/\.?0+$/, '') : v.toFixed(0)
  }
  const ladder = (v, k, u) => {
    let i = 0
    while (v >= k * 0.9995 && i < u.length - 1) v /= k, i++
    return sig(v) + (u[i] && ' ' + u[i])
  }
  const fmt = (v, f) => {
    if (typeof v != 'number') return v === true ? 'on' : v === false ? 'off' : String(v ?? '—')
    if (v !== v) return '—'
    if (v < 0) return '−' + fmt(-v, f)
    if (v === Infinity) return '∞'
    if (f === 'int') return group(v.toFixed(0))
    if (f === 'bytes') return ladder(v, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'])
    if (f === 'k2') return ladder(v, 1024, ['', 'k', 'M', 'G'])
    if (f === 'si') return ladder(v, 1000, ['', 'k', 'M', 'G', 'T', 'P'])
    if (f === 'ms') return v < 1000 ? sig(v) + ' ms' : sig(v / 1000) + ' s'
    if (f === 'pct') return sig(v * 100) + ' %'
    return typeof f == 'number' ? group(v.toFixed(f)) : sig(v)
  }

  // ---------- a session: controls + seed + action log + clock ----------
  // Everything shown is a function of (c0, acts, t): replay, scrub, fork and share for free.
  const open = () => {
    const L = Lab.def, C = L.controls || {}, K = Object.keys(C).filter(k => C[k].kind != 'button')
    const A = L.act || (() => 0)
    const fix = (k, v) => {
      const d = C[k]
      if (d.kind == 'toggle') return v + '' == 'true'
      if (d.kind == 'text') return (v + '').slice(0, d.max || 40)
      if (d.kind == 'pick') return Object.hasOwn(d.options, v) ? v + '' : d.value
      v = Number(v)
      if (v !== v) return d.value
      if (d.stops) return d.stops.reduce((a, b) => Math.abs(b - v) < Math.abs(a - v) ? b : a)
      const s = d.step || 1, n = Math.round((Math.min(d.max, Math.max(d.min, v)) - d.min) / s)
      return Number((d.min + n * s).toFixed(6))
    }
    const S = { c: {}, c0: {}, t: 0, acts: [] }
    let w, snaps, memo                    // w = world {s: model state, r: rng state}
    const r = () => {                     // mulberry32; its state lives in the world
      let a = w.r = w.r + 0x6D2B79F5 | 0
      a = Math.imul(a ^ a >>> 15, a | 1)
      a ^= a + Math.imul(a ^ a >>> 7, a | 61)
      return ((a ^ a >>> 14) >>> 0) / 4294967296
    }
    const save = () => snaps[S.t / LIM] = JSON.stringify([w, S.c])
    const run = a => {
      if (a[1] == '=') { for (const k in a[2]) if (K.includes(k)) S.c[k] = fix(k, a[2][k]) } else A(w.s, a[1], a[2], S.c, r, S.t)
    }
    const due = () => { for (const a of S.acts) if (a[0] === S.t) run(a) }
    const boot = () => {
      S.c = copy(S.c0); S.t = 0; snaps = []; memo = 0
      S.end = L.step ? L.end ? L.end(S.c) : 1000 : 0
      w = { s: 0, r: (S.c.seed ?? 1) | 0 }
      if (L.init) w.s = L.init(S.c, r)
      due(); save()
    }
    S.seek = t => {
      t = Math.min(S.end, Math.max(0, Math.round(t) || 0)); memo = 0
      let i = Math.min(snaps.length - 1, Math.floor(t / LIM))
      if (t < S.t || i * LIM > S.t) {
        const [a, b] = JSON.parse(snaps[i])
        w = a; S.c = b; S.t = i * LIM
      }
      while (S.t < t) {
        L.step(w.s, S.c, r, S.t); S.t++
        due()
        if (S.t % LIM == 0 && !snaps[S.t / LIM]) save()
      }
      return S
    }
    S.act = (name, arg) => {              // a user action: forks history at t
      const q = A(copy(w.s), name, arg, S.c, () => 0, S.t) || {}
      if (q.seek != null) return S.seek(q.seek)
      if (q.set) return S.set(q.set)
      S.acts = S.acts.filter(a => a[0] <= S.t)
      snaps.length = Math.min(snaps.length, Math.ceil(S.t / LIM))
      const a = arg === undefined ? [S.t, name] : [S.t, name, arg]
      S.acts.push(a); run(a); memo = 0
      if (S.t % LIM == 0) save()
      return S
    }
    S.set = p => {
      const q = {}; let live = S.t > 0
      for (const k in p) if (K.includes(k)) { q[k] = fix(k, p[k]); live = live && C[k].live }
      if (live) return S.act('=', q)
      const t = S.t
      Object.assign(S.c0, q); boot()      // same seed, same actions, new parameter
      return S.seek(t)
    }
    S.load = (p = {}) => {
      for (const k of K) S.c0[k] = C[k].value
      for (const k in p.set) if (K.includes(k)) S.c0[k] = fix(k, p.set[k])
      S.acts = copy(p.acts || []); boot()
      return S.seek(p.at || 0)
    }
    S.out = () => memo = memo || (L.step ? L.view(w.s, S.c, S.t) : L.view(S.c))
    S.state = () => w.s
    S.hash = () => {
      const q = K.filter(k => S.c0[k] !== C[k].value).map(k => k + '=' + encodeURIComponent(S.c0[k]))
      if (S.t) q.push('t=' + S.t)
      if (S.acts.length) q.push('a=' + encodeURIComponent(JSON.stringify(S.acts)))
      return q.join('&')
    }
    S.open = h => {                       // reserved keys: t (tick), a (actions)
      const p = { set: {} }
      try {
        h.split('&').map(x => { const [k, v] = x.split('='); p.set[k] = decodeURIComponent(v) })
        p.at = p.set.t
        p.acts = JSON.parse(p.set.a || '[]').filter(a => a[0] >= 0)
        return S.load(p)
      } catch { return S.load() }
    }
    return S.load()
  }

  return Object.assign(def => { Lab.def = def }, { open, fmt })
})()
