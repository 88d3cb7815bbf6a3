// module tree: nodes and their parents, from left to right; several roots are fine
view.kinds.tree = (p, { w }) => {
  const { T, hot } = view, at = {}, has = {}, h = p.rowh || 40, N = p.nodes
  let rows = 0, deep = 0
  N.map(n => has[n.id] = 1)
  const below = id => N.filter(n => (has[n.parent] ? n.parent : '') == id)
  const put = (n, d) => {
    if (at[n.id]) return
    const q = at[n.id] = [d, 0], k = below(n.id)
    deep = Math.max(deep, d); k.map(c => put(c, d + 1))
    q[1] = k.length ? (at[k[0].id][1] + at[k[k.length - 1].id][1]) / 2 : rows++
  }
  below('').map(n => put(n, 0))
  const x = n => 16 + at[n.id][0] * (w - 130) / (deep || 1), y = n => at[n.id][1] * h + 30, S = N.filter(n => at[n.id])
  return view.svg(p, w, rows * h + 16, S.map(n => { const o = N.find(o => o.id == n.parent); return H`<g data-k="${n.id}" ${T(n, n.now ? 'leaf now' : 'leaf')} ${hot(n)}>${o && H`<path d="M${x(o)} ${y(o)}C${x(o) + 40} ${y(o)} ${x(n) - 40} ${y(n)} ${x(n)} ${y(n)}"/>`}<circle cx="${x(n)}" cy="${y(n)}" r="6"/><text x="${x(n) - 6}" y="${y(n) - 10}">${n.edge && n.edge + ' '}${n.label} <tspan class="sub">${n.sub} ${n.note}</tspan></text></g>` }), 'group')
}
