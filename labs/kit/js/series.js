// module series: line chart; marks may be handles of a control (drag, or focus + arrow keys)
view.kinds.series = (p, { w, id, pin, C, c }) => {
  const { T, ticks, say } = view, fmt = Lab.fmt, h = p.h || 260, X = { ...p.x }, Y = { min: 0, ...p.y }, l = 62, r = w - 14, t = 22, b = h - 38
  const all = [...p.lines, ...(pin && pin[id] ? pin[id].lines.map(g => ({ ...g, ghost: 1, label: '' })) : [])], vs = i => all.flatMap(q => q.pts.map(a => a[i]))
  X.min ??= Math.min(...vs(0)); X.max ??= Math.max(...vs(0)); Y.max ??= Math.max(...vs(1)) * 1.08 || 1
  const b2 = A => /^(k2|bytes)$/.test(A.fmt), pos = (A, v, a, b) => a + (A.log ? Math.log(v / A.min) / Math.log(A.max / A.min) : (v - A.min) / (A.max - A.min)) * (b - a)
  const x = v => pos(X, v, l, r).toFixed(1), y = v => Math.max(t - 9, Math.min(b, pos(Y, v, b, t))).toFixed(1), hi = v => x(v) > w * .8 ? 'end' : 'middle'
  return view.svg(p, w, h, H`<g class="ax">${ticks(Y.min, Y.max, 5, Y.log, b2(Y)).map(v => H`<path d="M${l} ${y(v)}H${r}"/><text x="${l - 6}" y="${+y(v) + 4}" text-anchor="end">${fmt(v, Y.fmt)}</text>`)}${ticks(X.min, X.max, w / 80, X.log, b2(X)).map(v => H`<text x="${x(v)}" y="${b + 16}" text-anchor="middle">${fmt(v, X.fmt)}</text>`)}<text x="${r}" y="${h - 5}" text-anchor="end">${X.label} →</text><text x="4" y="11">↑ ${Y.label}</text></g>${
    (p.rules || []).map(q => H`<g ${T(q, 'rule')}><path d="${q.x != null ? `M${x(q.x)} ${t}V${b}` : `M${l} ${y(q.y)}H${r}`}"/><text x="${q.x != null ? +x(q.x) + 4 : q.lx != null ? l + 8 + q.lx * (r - l) : r}" y="${q.x != null ? q.ly ? b - 6 : t + 10 : +y(q.y) + (q.ly ? 14 : -5)}" text-anchor="${q.x != null || q.lx != null ? 'start' : 'end'}">${q.label}</text></g>`)}${
    all.map((q, i) => H`<g data-k="${i}" ${T(q, q.ghost ? 'line ghost' : 'line')}><path d="M${q.pts.map(a => x(a[0]) + ' ' + y(a[1])).join('L')}" ${q.dash && H`stroke-dasharray="5 4"`}/>${q.label && (e => H`<text x="${x(e[0])}" y="${y(e[1]) - 7 + i * 14}" dx="${x(e[0]) < w * .4 ? 9 : -9}" text-anchor="${x(e[0]) < w * .4 ? 'start' : 'end'}">${q.label}</text>`)(q.pts[q.at ?? q.pts.length - 1])}</g>`)}${
    (p.marks || []).map(m => { const d = C[m.ctl], s = d && d.stops; return H`<g ${T(m, 'mark')} ${d && H`role="slider" tabindex="0" data-drag="${m.ctl}" data-x="${[X.min * (m.k || 1), X.max * (m.k || 1), l, r, X.log ? 1 : 0] + ''}" aria-label="${d.label}" aria-valuemin="${s ? s[0] : d.min}" aria-valuemax="${s ? s.at(-1) : d.max}" aria-valuenow="${c[m.ctl]}" aria-valuetext="${say(m.ctl)}"`}><path d="M${x(m.x)} ${b}V${y(m.y)}"/><circle cx="${x(m.x)}" cy="${y(m.y)}" r="8"/><text x="${x(m.x)}" y="${y(m.y) - 14}" text-anchor="${hi(m.x)}">${m.label}</text></g>` })}`, 'group')
}
;(() => {
  const C = () => Lab.def.controls, at = e => e.target.closest && e.target.closest('[data-drag]')
  addEventListener('keydown', e => {
    const g = at(e), n = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 4, PageDown: -4 }[e.key]
    if (!g || !n) return
    const k = g.dataset.drag, d = C()[k], s = d.stops, v = view.S.c[k]
    e.preventDefault(); view.set(k, s ? s[Math.min(s.length - 1, Math.max(0, s.indexOf(v) + n))] : v + n * (d.step || 1))
  })
  addEventListener('pointerdown', e => {
    const g = at(e)
    if (!g) return
    const [a, b, l, r, log] = g.dataset.x.split(',').map(Number), x0 = g.ownerSVGElement.getBoundingClientRect().left
    const off = () => removeEventListener('pointermove', mv), mv = m => { const f = Math.min(1, Math.max(0, (m.clientX - x0 - l) / (r - l))); view.set(g.dataset.drag, log ? a * (b / a) ** f : a + f * (b - a)) }
    e.preventDefault(); g.focus(); addEventListener('pointermove', mv); for (const x of ['up', 'cancel']) addEventListener('pointer' + x, off, { once: true })
  })
})()
