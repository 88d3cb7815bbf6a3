// module queue: rows of places where somebody is served, and of those who wait, the first one first
view.kinds.queue = p => {
  const one = (c, k) => { const o = c && c.v !== undefined ? c : { v: c }, v = Lab.fmt(o.v); return H`<li ${view.T(o, k)}>${o.act ? H`<button ${view.hot({ ...o, label: o.label || v })}>${v}</button>` : v}</li>` }
  return H`<div class="queue" role="group" aria-label="${p.alt}">${p.rows.map(r => H`<div ${view.T(r, '')}><b>${r.label}</b><ol aria-label="served">${(r.slots || []).map(c => c == null ? H`<li class="free">free</li>` : one(c, 'busy'))}</ol><ol aria-label="waiting">${r.items.map(c => one(c, ''))}${r.more > 0 && H`<li class="free">and ${Lab.fmt(r.more, 'int')} more</li>`}</ol><small>${r.items.length + (r.more || 0)}${r.max != null && ' of ' + Lab.fmt(r.max, 'int')} waiting ${r.note}</small></div>`)}</div>`
}
