// module ring: a circle from 0 to 1, clockwise from the top: arcs on it, points at it, inside of it those that are looked up
view.kinds.ring = (p, { w }) => {
  const { T, hot } = view, h = p.h || 360, R = Math.min(h / 2 - 46, w / 2 - 70), f = v => v.toFixed(1)
  const at = (t, r) => [w / 2 + r * Math.sin(t * 2 * Math.PI), h / 2 - r * Math.cos(t * 2 * Math.PI)].map(f)
  const arc = (a, b, r) => { const d = ((b - a) % 1 + 1) % 1 || 1, m = a + d / 2; return `M${at(a, r)}A${r} ${r} 0 0 1 ${at(m, r)}A${r} ${r} 0 0 1 ${at(a + d * .9999, r)}` }
  return view.svg(p, w, h, H`${p.arcs.map((a, i) => H`<path data-k="a${i}" ${T(a, 'arc')} d="${arc(a.from, a.to, R)}"><title>${a.label}</title></path>`)}${p.points.map((o, i) => { const [x, y] = at(o.at, o.inside ? R - 22 : R), [a, b] = at(o.at, o.inside ? R - 38 : R + 20); return H`<g data-k="${o.id ?? i}" ${T(o, 'spot')} ${hot(o)}><circle cx="${x}" cy="${y}" r="6"/><text x="${a}" y="${b}" dy="4" text-anchor="${Math.abs(a - w / 2) < 30 ? 'middle' : a > w / 2 == !o.inside ? 'start' : 'end'}">${o.label} <tspan class="sub">${o.sub}</tspan></text></g>` })}`, 'group')
}
