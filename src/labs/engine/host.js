// After a lab's core and model: one request in, one complete picture out, both as JSON.
// The shapes are those of `labs::picture`; what a lab gives in another form becomes plain here.
var labHost = (() => {
  const L = Lab.def, S = Lab.open(), C = L.controls || {}, f = Lab.fmt, TONES = 'a b c d e good warn bad dim'.split(' ')
  const list = v => Array.isArray(v) ? v : []
  const text = v => v == null || v === false ? '' : String(v)
  const num = (v, or = 0) => Number.isFinite(v) ? v : or
  const some = v => Number.isFinite(v) ? v : null
  const tone = v => TONES.includes(v) ? v : null
  const keys = o => Object.keys(o || {})
  const press = (o, arg) => o && o.act ? { act: text(o.act), arg: text(o.arg ?? arg), hint: text(o.hint) } : null

  // ---------- axes ----------
  const ticks = (a, b, n, log, binary) => {
    const r = []
    let u = 1, v = a
    if (log) { u = log; while (Math.log(b / a) / Math.log(u) > n) u *= log; for (; v <= b * 1.001 && r.length < 20; v *= u) r.push(v); return r }
    while (binary && u * 1024 <= b - a) u *= 1024
    const raw = (b - a) / n / u, m = 10 ** Math.floor(Math.log10(raw)), step = u * m * ([1, 2, 5, 10].find(x => x * m >= raw) || 10)
    for (v = Math.ceil(a / step) * step; v <= b + (b - a) * 1e-4 && r.length < 20; v += step) r.push(v)
    return r
  }
  const axis = (a, values, low, room) => {
    a = a || {}
    let min = some(a.min) ?? low ?? num(Math.min(...values)), max = some(a.max) ?? num(Math.max(...values) * room, 1)
    const log = a.log >= 2 && min > 0 ? a.log : null
    if (!(max > min)) max = min + 1
    return { label: text(a.label), min, max, log, ticks: ticks(min, max, 5, log, a.fmt == 'k2' || a.fmt == 'bytes').map(at => ({ at, text: f(at, a.fmt) })) }
  }

  // ---------- parts ----------
  const cell = c => c !== null && typeof c == 'object' && c.v !== undefined ? { text: f(c.v), tone: tone(c.tone), is_now: !!c.now, press: press(c) } : { text: f(c) }
  const SHAPES = {
    formula: p => list(p.terms).map((t, i) => ({ op: text(t.op || (i ? '×' : '')), text: f(t.value, t.fmt), label: text(t.label), tone: tone(t.tone), control: t.ctl in C ? t.ctl : null })),
    bars: p => {
      const rows = list(p.items).map(i => ({ label: text(i.label), pieces: list(i.parts).map(x => ({ label: text(x.label), value: num(x.value), tone: tone(x.tone) })) }))
      const limit = p.limit ? { value: num(p.limit.value), label: text(p.limit.label) } : null
      const max = num(p.max) || Math.max(...rows.map(r => r.pieces.reduce((a, x) => a + x.value, 0)), limit ? limit.value : 0)
      return { max: max > 0 && max < Infinity ? max : 1, limit, rows }
    },
    grid: p => ({ columns: list(p.cols).map(c => f(c)), heads: list(p.heads).map(c => f(c)), rows: list(p.rows).map(r => list(r).map(cell)) }),
    series: p => {
      const lines = list(p.lines).map(l => ({ label: text(l.label), tone: tone(l.tone), is_dashed: !!l.dash, points: list(l.pts).filter(q => Number.isFinite(q[0]) && Number.isFinite(q[1])).map(q => [q[0], q[1]]) }))
      const all = i => lines.flatMap(l => l.points.map(q => q[i]))
      return {
        x: axis(p.x, all(0), null, 1), y: axis(p.y, all(1), 0, 1.08), lines,
        rules: list(p.rules).map(r => ({ x: some(r.x), y: some(r.y), label: text(r.label), tone: tone(r.tone) })),
        marks: list(p.marks).map(m => ({ x: num(m.x), y: num(m.y), label: text(m.label), tone: tone(m.tone), control: m.ctl in C ? m.ctl : null }))
      }
    },
    graph: p => ({
      nodes: list(p.nodes).map(n => ({ id: text(n.id), label: text(n.label), sub: text(n.sub), note: text(n.note), tone: tone(n.tone), ring: some(n.ring), place: Number.isFinite(n.x) && Number.isFinite(n.y) ? [n.x, n.y] : null, press: press(n, n.id) })),
      edges: list(p.edges).map(e => ({ from: text(e.from), to: text(e.to), label: text(e.label), tone: tone(e.tone), is_dashed: !!e.dash, at: some(e.at) }))
    }),
    lanes: p => ({
      time: axis({ min: p.t0, max: p.t1, fmt: p.fmt }, [], 0, 1), now: num(p.now),
      lanes: list(p.lanes).map(l => ({ label: text(l.label), spans: list(l.spans).map(s => ({ from: num(s[0]), to: num(s[1]), tone: tone(s[2]), label: text(s[3]) })) })),
      arrows: list(p.arrows).map(a => ({ from: num(a[0]), from_lane: a[1] >>> 0, to: num(a[2]), to_lane: a[3] >>> 0, tone: tone(a[4]) }))
    }),
    tree: p => {
      const nodes = list(p.nodes), known = new Set(nodes.map(n => n.id)), under = new Map(), seen = new Set(), out = []
      for (const n of nodes) { const k = n.parent != null && known.has(n.parent) ? n.parent : null; under.set(k, [...under.get(k) || [], n]) }
      const todo = [...under.get(null) || []].reverse().map(n => [n, 0])
      for (let at; at = todo.pop();) {
        const [n, depth] = at
        if (seen.has(n)) continue
        seen.add(n)
        out.push({ depth, edge: text(n.edge), label: text(n.label), sub: text(n.sub), note: text(n.note), tone: tone(n.tone), is_now: !!n.now, press: press(n, n.id) })
        for (const below of [...under.get(n.id) || []].reverse()) todo.push([below, depth + 1])
      }
      return out
    },
    ring: p => {
      const place = v => { v = num(v) % 1; v = v < 0 ? v + 1 : v; return v < 1 ? v : 0 }
      return {
        arcs: list(p.arcs).map(a => ({ from: place(a.from), to: place(a.to), label: text(a.label), tone: tone(a.tone) })),
        points: list(p.points).map(o => ({ at: place(o.at), label: text(o.label), sub: text(o.sub), tone: tone(o.tone), is_inside: !!o.inside, press: press(o, o.id) }))
      }
    },
    queue: p => list(p.rows).map(r => ({
      label: text(r.label), slots: list(r.slots).map(c => c == null ? null : cell(c)), items: list(r.items).map(cell),
      more: Math.min(r.more >>> 0, 4e9), max: Number.isFinite(r.max) ? r.max >>> 0 : null, note: text(r.note), tone: tone(r.tone)
    })),
    log: p => list(p.items).slice(-60).map(e => ({ time: f(e.t, p.fmt), text: text(e.text), tone: tone(e.tone) })),
    code: p => ({ lines: list(p.lines).map(text), at: Number.isInteger(p.at) && p.at >= 0 ? p.at : null }),
    text: p => text(p.text)
  }
  const part = (id, p) => ({ id, title: text(p.title), alt: text(p.alt), shape: Object.hasOwn(SHAPES, p.kind) ? { [p.kind]: SHAPES[p.kind](p) } : 'other' })

  // ---------- controls ----------
  const named = (k, v) => { const d = C[k], o = d.options && d.options[v]; return text(o ? o.label || o : f(v, d.fmt)) + (d.unit ? ' ' + d.unit : '') }
  const place = (d, v) => num(d.stops ? d.stops.indexOf(v) / (d.stops.length - 1) : (v - d.min) / (d.max - d.min))
  const KINDS = {
    range: (d, v) => ({ range: { place: place(d, v) } }),
    pick: (d, v, k) => ({ pick: { options: keys(d.options).map(id => ({ id, label: named(k, id), is_on: id === v })) } }),
    toggle: (d, v) => ({ toggle: { is_on: v === true } }),
    text: d => ({ text: { max: d.max || 40 } })
  }
  const control = k => {
    const d = C[k], v = S.c[k], kind = KINDS[d.kind]
    return { id: k, label: text(d.label), help: text(d.help), text: kind ? named(k, v) : '', is_idle: !!d.when && !d.when(S.c), kind: kind ? kind(d, v, k) : 'button' }
  }

  // ---------- requests ----------
  const show = () => {
    const o = S.out(), timed = !!L.step
    return {
      tick: S.t, end: S.end, clock: timed ? text(L.clock ? L.clock(S.t, S.c) : S.t + ' / ' + S.end) : '', hash: S.hash(), say: text(o.say),
      controls: keys(C).map(control),
      readings: keys(o.read).map(id => { const r = o.read[id]; return { id, label: text(r.label), text: f(r.value, r.fmt) + (r.unit ? ' ' + r.unit : ''), note: text(r.note), tone: tone(r.tone) } }),
      parts: keys(o).filter(k => o[k] && o[k].kind).map(k => part(k, o[k]))
    }
  }
  const nudge = ([k, n]) => {
    if (!Object.hasOwn(C, k)) return
    const d = C[k], v = S.c[k], o = d.stops || (d.kind == 'pick' ? keys(d.options) : null)
    if (d.kind == 'button') S.act(k)
    else if (d.kind == 'toggle') S.set({ [k]: !v })
    else if (o) S.set({ [k]: o[Math.min(o.length - 1, Math.max(0, o.indexOf(v) + n))] })
    else if (d.kind == 'range') S.set({ [k]: v + n * (d.step || 1) })
  }
  const from = (set, id) => { if (Object.hasOwn(set || {}, id)) S.load(set[id]); else throw Error('there is no state named ' + id) }
  const REQUESTS = { show() {}, nudge, set: p => S.set(p), act: ([n, a]) => S.act(n, a ?? undefined), seek: t => S.seek(t), step: n => S.seek(S.t + n), preset: id => from(L.presets, id), case: id => from(L.cases, id), open: h => S.open(h) }
  if (L.start) from(L.presets, L.start)
  return {
    declared: () => JSON.stringify({
      rate: L.step ? num(L.rate, 10) : 0, start: text(L.start), cases: keys(L.cases),
      presets: keys(L.presets).map(id => ({ id, label: text(L.presets[id].label), plays: !!L.presets[id].play })),
      panes: list(L.panes).map(row => list(row).map(p => { const [part, n] = text(p).split('*'); return { part, weight: Math.max(1, n >>> 0) } }))
    }),
    answer: json => {
      const q = JSON.parse(json), name = typeof q == 'string' ? q : keys(q)[0]
      REQUESTS[name](q[name])
      return JSON.stringify(show())
    }
  }
})()
