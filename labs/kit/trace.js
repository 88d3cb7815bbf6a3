// LAB TRACE — test-side only. Drives a lab through everything it declares; returns one line per observation.
// The lines must be byte-equal in every engine.
Lab.trace = () => {
  const L = Lab.def, lines = [], C = L.controls
  const put = (tag, S) => {
    const o = S.out(), r = Object.entries(o.read || {}).map(([k, v]) => k + '=' + Lab.fmt(v.value, v.fmt)).join(' ')
    lines.push(tag + '\t#' + S.hash() + '\t' + r + '\t' + JSON.stringify(o))
  }
  const times = S => S.end ? [0, 1, 7, Math.floor(S.end / 3), Math.floor(S.end / 2), S.end] : [0]
  for (const set of [L.presets, L.cases]) for (const id in set) {
    const S = Lab.open().load(set[id])
    put(id, S)
    for (const t of times(S)) put(id + '@' + t, S.seek(t))
    for (const t of times(S).reverse()) put(id + '<' + t, S.seek(t))        // scrub back
    put(id + ' via hash', Lab.open().open(S.seek(times(S)[2] || 0).hash()))  // URL round trip
  }
  for (const k in C) {
    const d = C[k], vals = d.kind == 'toggle' ? [true, false] : d.stops || (d.kind == 'pick' ? Object.keys(d.options) : d.kind == 'text' ? ['', 'a', '<b>&"'] : d.kind == 'range' ? [d.min, d.min + d.step, (d.min + d.max) / 2, d.max, 1e9, 'x'] : [])
    for (const v of vals) { const S = Lab.open().load({ at: L.step ? 60 : 0 }); put(k + '=' + v, S.set({ [k]: v })); if (L.step) put(k + '=' + v + ' later', S.seek(S.t + 90)) }
    if (d.kind == 'button') for (const t of times(Lab.open())) { const S = Lab.open().load({ at: t }); S.act(k); put(k + '!' + t, S); S.seek(S.t + 123); put(k + '!' + t + '+123', S) }
  }
  return lines
}
