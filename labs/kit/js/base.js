// LAB KIT base — behaviour for slots the author places anywhere. It has no layout of its own.
// view({draw:{part(p,k){return H`<svg>…</svg>`}}}): drawing is a pure function to markup; the kit
// applies only the difference, so focus survives and CSS transitions animate what moved.
var html = v => v == null || v === false ? '' : v.h != null ? v.h : Array.isArray(v) ? v.map(html).join('') : String(v).replace(/[&<>"]/g, c => '&#' + c.charCodeAt() + ';')
var H = (s, ...v) => ({ h: s.reduce((a, x, i) => a + html(v[i - 1]) + x) })
var view = (V = {}) => {
  const L = Lab.def, C = L.controls || {}, S = Lab.open(), D = document, fmt = Lab.fmt, K = view
  const $ = (q, e = D) => [...e.querySelectorAll(q)]
  let now = '', queued, wait

  const kids = (a, b) => {
    const A = [...a.childNodes], key = e => e.nodeName + (e.dataset ? e.dataset.k || '' : '')
    let i = 0
    for (const n of [...b.childNodes]) {
      const j = A.findIndex(o => key(o) == key(n)), o = j < 0 ? n : A.splice(j, 1)[0]
      if (o != a.childNodes[i]) a.insertBefore(o, a.childNodes[i] || null)
      if (o != n) {
        if (!n.attributes) { if (o.data != n.data) o.data = n.data }
        else {
          for (const x of n.attributes) if (o.getAttribute(x.name) != x.value) o.setAttribute(x.name, x.value)
          for (const x of [...o.attributes]) if (!n.hasAttribute(x.name)) o.removeAttribute(x.name)
          kids(o, n)
          for (const x of ['value', 'checked', 'selected']) if (x in n && o[x] !== n[x]) o[x] = n[x]
        }
      }
      i++
    }
    A.map(o => o.remove())
  }
  const put = (e, h) => { const t = D.createElement('template'); t.innerHTML = html(h); kids(e, t.content) }

  const say = K.say = (k, v = S.c[k]) => { const d = C[k], o = d.options && d.options[v]; return (o ? o.label || o : fmt(v, d.fmt)) + (d.unit ? ' ' + d.unit : '') }
  const control = k => {
    const d = C[k], v = S.c[k], id = 'c-' + k, o = d.stops || Object.keys(d.options || {}), a = H`id="${id}" ${d.help && H`aria-describedby="${id}h"`}`, on = (b, a) => b && { h: a || 'checked' }
    const body =
      d.kind == 'button' ? H`<button data-act="${k}" ${a}>${d.label}</button>`
      : d.kind == 'toggle' ? H`<label><input type="checkbox" role="switch" ${a} ${on(v)}> ${d.label}</label>`
      : d.kind == 'pick' && o.length < 5 ? H`<fieldset ${a}><legend>${d.label}</legend>${o.map(x => H`<label><input type="radio" name="${id}" value="${x}" ${on(x == v)}><span>${say(k, x)}</span></label>`)}</fieldset>`
      : H`<label for="${id}">${d.label}</label>${d.kind == 'pick' ? H`<select ${a}>${o.map(x => H`<option value="${x}" ${on(x == v, 'selected')}>${say(k, x)}</option>`)}</select>`
        : K[d.kind] ? K[d.kind](a, v, d) : H`<output for="${id}">${say(k)}</output><input type="range" ${a} min="${d.stops ? 0 : d.min}" max="${d.stops ? o.length - 1 : d.max}" step="${d.stops ? 1 : d.step}" value="${d.stops ? o.indexOf(v) : v}" aria-valuetext="${say(k)}">`}`
    return H`<div class="ctl" data-k="${k}" data-ctl="${k}">${body}${d.help && H`<small id="${id}h">${d.help}</small>`}</div>`
  }
  const paint = K.paint = () => {
    queued = 0
    const o = S.out(), P = $('[data-part]'), W = P.map(e => e.clientWidth)      // read all widths before anything is written
    $('[data-controls]').map(e => put(e, e.dataset.controls.split(' ').filter(k => C[k] && (!C[k].when || C[k].when(S.c))).map(control)))
    $('[data-transport]').map(e => put(e, K.time && K.time.bar(S)))
    P.map((e, i) => {
      const id = e.dataset.part, p = o[id], f = V.draw && V.draw[id] || K.kinds[p && p.kind || id]
      put(e, p && f(p, { w: W[i] || 640, id, S, c: S.c, C, out: o, pin: K.pin }))
    })
    $('[data-say]').map(e => put(e, o.say))
    $('[data-go],[data-pin]').map(e => e.setAttribute('aria-pressed', e.dataset.go ? e.dataset.go == now : !!K.pin))
    clearTimeout(wait)
    wait = setTimeout(() => {
      live.textContent = o.say
      try { history.replaceState(0, '', '#' + S.hash()) } catch {}
    }, 500)
  }
  const dirty = K.dirty = () => queued = queued || requestAnimationFrame(paint)
  const load = (id, p = {}) => { now = id; S.load(p); if (K.time) K.time.go(p.play) }
  const set = K.set = (k, v) => { now = ''; S.set({ [k]: v }); dirty() }

  $('[data-presets]').map(e => put(e, Object.entries(L.presets).map(([k, p]) => H`<button data-go="${k}">${p.label}</button>`)))
  $('.try [data-case]').map(li => $('.ask li', li).map(a => put(a, H`<button>${a.textContent}</button>`)).length || li.insertAdjacentHTML('beforeend', ' <button>▶ Run it</button>'))
  D.body.insertAdjacentHTML('beforeend', '<p class="sr" aria-live="polite">')
  const live = D.body.lastChild
  onclick = ev => {
    const e = ev.target.closest('button,[data-act]')
    if (!e) return
    const d = e.dataset, li = e.closest('[data-case]')
    if (d.act) S.act(d.act, d.arg)
    else if (d.go) load(d.go, L.presets[d.go])
    else if (d.x) K.time.on(d.x)
    else if (d.pin != null) K.pin = K.pin ? 0 : JSON.parse(JSON.stringify(S.out()))
    else if (li) { $('.ask li', li).map(a => a.className = a.dataset.ok != null ? 'yes' : a.contains(e) ? 'no' : ''); li.classList.add('done'); load('', L.cases[li.dataset.case]); put($('.out', li)[0] || li.appendChild(Object.assign(D.createElement('p'), { className: 'out' })), S.out().say) }
    dirty()
  }
  oninput = ({ target: e }) => {
    const b = e.closest('[data-ctl]'), k = b && b.dataset.ctl
    if (k) set(k, e.type == 'checkbox' ? e.checked : C[k].stops ? C[k].stops[e.value] : e.value)
    else if (e.dataset.x) K.time.on(e.dataset.x, +e.value), dirty()
  }
  onresize = dirty
  const boot = onhashchange = () => { location.hash[1] ? S.open(location.hash.slice(1)) : load(L.start, L.presets?.[L.start]); dirty() }
  if (K.time) K.time.init(S, L)
  boot(); paint()
  return view.S = S
}
view.kinds = {
  read: (p, { pin }) => H`<dl class="read">${Object.entries(p).map(([k, r]) => { const o = pin && pin.read && pin.read[k]; return H`<div data-k="${k}" ${view.T(r)}><dt>${r.label}</dt><dd>${Lab.fmt(r.value, r.fmt)} <small>${r.unit}</small>${o && o.value !== r.value && H`<s>${Lab.fmt(o.value, o.fmt)}</s>`}</dd>${r.note && H`<dd>${r.note}</dd>`}</div>` })}</dl>`,
  text: p => H`<p>${p.text}</p>`
}
view.T = (o, c) => H`class="${c} ${o?.tone && 't'}" ${o?.tone && H`style="--t:var(--${o.tone})"`}`
