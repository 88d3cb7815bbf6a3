// A lab in real Chromium: file://, keyboard, accessibility in both schemes, 320 px, print, URL state, paint cost.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { script } from './model.mjs'

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const here = f => fs.readFileSync(new URL(f, import.meta.url), 'utf8')
const META = ['contract', 'id', 'title', 'question', 'category', 'level', 'minutes', 'concepts', 'articles']
const BANNED = ['Math.random', 'Math.hypot', 'Date', 'document', 'window', 'navigator', 'location', 'fetch', 'setTimeout', 'Intl', 'performance', 'async', 'await', 'Promise', 'Proxy', 'eval', 'Function', 'import']

export const browserTests = async (context, file, nodeTrace) => {
  const id = path.basename(file, '.html'), src = fs.readFileSync(file, 'utf8'), url = pathToFileURL(file).href, bad = []
  let passed = 0
  const need = (ok, msg) => { if (ok) passed++; else bad.push(msg) }

  // ---- the file itself
  const meta = JSON.parse(src.match(/<script type="application\/json" id="lab-meta">([^]*?)<\/script>/)[1])
  for (const k of META) need(meta[k] != null, 'meta.' + k)
  need(meta.contract === 1, 'contract version 1')
  need(meta.id == id && meta.category == path.basename(path.dirname(file)), 'id and category are the place of the file')
  need(src.includes(`http-equiv="Content-Security-Policy" content="default-src 'none';`), 'CSP meta')
  need(!/(src|href)\s*=|@import|url\((?!#|data:)/i.test(src.replace(/<script[^]*?<\/script>/g, '')) && !/https?:\/\//.test(src), 'names something outside the file')
  const order = ['lab-meta', 'takeaway', 'try', 'lab-core', 'lab-model', 'lab-kit', 'lab-view'].map(x => src.indexOf(`id="${x}"`))
  need(order.every((x, i) => x > 0 && (!i || x > order[i - 1])), 'ids and their order')
  const words = script(src, 'lab-model').replace(/\/\/.*/g, '').replace(/'(\\.|[^'\n\\])*'|"[^"\n]*"/g, "''").replace(/`[^`]*`/g, x => (x.match(/\$\{[^}]*\}/g) || []).join(' '))
  for (const w of BANNED) need(!new RegExp('(?<![\\w.])' + w.replace('.', '\\.') + '(?![\\w:])').test(words), 'model uses ' + w)
  need(!/\w*(Int|Float)\d+Array|toLocale/.test(words), 'model uses typed arrays or locale functions')
  const bytes = Buffer.byteLength(src)
  need(bytes <= 45000, `${bytes} bytes, more than 45,000`)
  const lis = [...src.matchAll(/<section class="try"[^]*?<\/section>/g)][0][0].match(/<li data-case=/g).length
  need(lis >= 3 && lis <= 6, '3–6 experiments')
  const take = src.match(/id="takeaway"[^]*?<p>([^]*?)<\/section>/)[1].replace(/<[^>]*>|&nbsp;/g, ' ').trim().split(/\s+/).length
  need(take <= 90, `takeaway has ${take} words`)

  // ---- without JavaScript
  {
    const p = await context.newPage(), s = await context.newCDPSession(p)
    await s.send('Emulation.setScriptExecutionDisabled', { value: true })
    await p.goto(url)
    const t = await p.locator('main').innerText()
    need(['★ Key Takeaway', '▶ What to Try', meta.question].every(x => t.includes(x)), 'readable without JavaScript')
    need(await p.locator('.why').count() == await p.locator('.why:visible').count(), 'answers are readable without JavaScript')
    await p.close()
  }

  // ---- live
  const p = await context.newPage(), requests = [], noise = []
  p.on('request', r => requests.push(r.url())); p.on('console', m => noise.push(m.type() + ': ' + m.text())); p.on('pageerror', e => noise.push('error: ' + e.message))
  await p.addInitScript(() => { for (const [o, k] of [[Math, 'random'], [Date, 'now']]) { const f = o[k]; window['n_' + k] = 0; o[k] = () => { window['n_' + k]++; return f() } } })
  await p.setViewportSize({ width: 1180, height: 900 })
  await p.emulateMedia({ media: 'screen', colorScheme: 'light', reducedMotion: 'reduce' })
  await p.goto(url)
  await p.waitForFunction(() => document.querySelector('[data-say]').textContent)
  const frames = n => p.evaluate(n => new Promise(r => { const f = () => n-- > 0 ? requestAnimationFrame(f) : r(); f() }), n || 2)
  const timed = await p.evaluate(() => !!Lab.def.step)

  const dom = await p.evaluate(() => ({
    asks: document.querySelectorAll('.ask').length, right: [...document.querySelectorAll('.ask')].every(a => a.querySelectorAll('[data-ok]').length == 1),
    runs: [...document.querySelectorAll('.try ol>li')].every(l => l.dataset.case && l.querySelector('button')),
    shown: Object.keys(Lab.def.controls).filter(k => ![...document.querySelectorAll('[data-controls]')].some(e => e.dataset.controls.split(' ').includes(k))),
    parts: Object.entries(view.S.out()).filter(([k, v]) => v && v.kind).length, rnd: window.n_random, date: window.n_now
  }))
  need(dom.asks >= 1 && dom.right, 'a bet, each with one right answer')
  need(dom.runs, 'each experiment runs with one press')
  need(!dom.shown.length, 'controls that are nowhere on the page: ' + dom.shown)
  need(dom.rnd == 0 && dom.date == 0, 'uses Math.random or Date.now')

  // the same trace as in node: engines agree to the byte
  await p.evaluate(here('../../labs/kit/check.js') + here('../../labs/kit/trace.js'))
  need(await p.evaluate(() => Lab.trace().join('\n')) === nodeTrace, 'trace differs between Chromium and node')

  if (timed) {
    await p.evaluate(() => { view.S.load(); view.paint() })
    const t = () => p.evaluate(() => view.S.t), press = async x => { await p.click(`[data-x="${x}"]`); await frames() }
    await press('1'); await press('1'); need(await t() == 2, 'step forward'); await press('-1'); need(await t() == 1, 'step back')
    await p.focus('[data-x="t"]'); await p.keyboard.press('End'); await frames(); need(await t() == await p.evaluate(() => view.S.end), 'scrub')
    await press('0'); need(await t() == 0, 'back to the start')
    const play = await p.evaluate(() => Object.entries(Lab.def.presets).find(([, x]) => x.play)?.[0])
    if (play) { const at = await p.evaluate(k => Lab.def.presets[k].at || 0, play); await p.click(`[data-go="${play}"]`); await frames(20); need(await t() == at, 'reduced motion: a scenario starts by itself') }
    await p.emulateMedia({ reducedMotion: 'no-preference' })
    await press('0'); await p.selectOption('[data-x="s"]', '4'); await p.click('[data-x="p"]')
    need(await p.waitForFunction(() => view.S.t > 2, null, { timeout: 3000 }).then(() => 1, () => 0), 'play moves')
    await p.evaluate(() => { const b = document.querySelector('[data-x="p"]'); if (view.S.t < view.S.end && b.textContent.includes('Pause')) b.click() })   // at its end it has stopped, whatever the button still says; await frames()
    const held = await t(); await frames(12); need(held == await t(), 'pause holds')
    await p.emulateMedia({ reducedMotion: 'reduce' })
  }

  // every stop has a ring and a name; Tab reaches all of them
  await p.evaluate(() => { view.S.load(Lab.def.presets[Lab.def.start]); view.paint(); document.activeElement.blur(); scrollTo(0, 0) })
  const all = await p.evaluate(() => [...document.querySelectorAll('button,input,select,[tabindex="0"]')].filter(e => e.getClientRects().length && !(e.type == 'radio' && !e.checked)).length)
  const seen = new Set(); let ringless = 0
  for (let i = 0; i < all + 5; i++) {
    await p.keyboard.press('Tab')
    const k = await p.evaluate(() => { const e = document.activeElement; if (!e || e == document.body) return null; e.__id ||= window.__n = (window.__n || 0) + 1; const ring = x => x && getComputedStyle(x).outlineStyle != 'none'; return { id: e.__id, ring: ring(e) || e.type == 'radio' && ring(e.nextElementSibling) } })
    if (!k || seen.has(k.id)) continue
    seen.add(k.id); if (!k.ring) ringless++
    if (seen.size == all) break
  }
  need(seen.size == all, `Tab reaches ${seen.size} of ${all} stops`)
  need(!ringless, ringless + ' stops without a focus ring')

  // every control changes the picture, by keyboard, in the state of a case that moves it
  const used = await p.evaluate(() => Object.keys(Lab.def.controls).map(k => [k, Object.keys(Lab.def.cases).find(id => { const q = Lab.def.cases[id]; return q.set && k in q.set || (q.acts || []).some(a => a[1] == k) })]))
  for (const [k, id] of used) {
    await p.evaluate(id => { view.S.load(Lab.def.cases[id]); view.paint() }, id)
    const snap = () => p.evaluate(() => [...document.querySelectorAll('[data-part],[data-say]')].map(e => e.innerHTML).join())
    const before = await snap()
    const type = await p.evaluate(k => { const e = document.querySelector(`.ctl[data-ctl="${k}"]`)?.querySelector('input:checked,input[type=range],input[type=text],select,button,input'); e?.focus(); return e?.type }, k)
    let moved = false
    for (const key of type == 'checkbox' ? ['Space'] : type == 'button' || type == 'submit' ? ['Enter'] : type == 'text' ? ['x'] : ['ArrowLeft', 'ArrowRight', 'ArrowRight', 'Home', 'End']) {
      await p.keyboard.press(key); await frames()
      if (await p.evaluate(k => Lab.def.controls[k].live, k)) await p.evaluate(() => { view.S.seek(view.S.t + 30); view.paint() })
      if (moved = await snap() != before) break
    }
    need(moved, `control ${k} changes nothing in case ${id}`)
  }

  // something in the picture itself works, by keyboard and by pointer, and keeps the focus
  await p.evaluate(() => { view.S.load(Lab.def.presets[Lab.def.start]); view.paint() })
  const hot = await p.locator('svg [tabindex="0"]').count()
  need(hot > 0, 'nothing in the picture can be grabbed or pressed')
  if (hot) {
    const state = () => p.evaluate(() => JSON.stringify(view.S.out()) + view.S.hash())
    const drag = await p.evaluate(() => { const e = document.querySelector('svg [data-drag]') || document.querySelector('svg [tabindex="0"]'); e.focus(); return e.dataset.drag || '' })
    let before = await state()
    await p.keyboard.press(drag ? 'ArrowRight' : 'Enter'); await frames()
    need(before != await state(), 'the handle works by keyboard')
    need(await p.evaluate(() => !!document.activeElement.closest('svg')), 'the handle keeps the focus')
    if (drag) {
      before = await state()
      await p.locator('svg [data-drag] circle').first().scrollIntoViewIfNeeded()
      const b = await p.locator('svg [data-drag] circle').first().boundingBox()
      await p.mouse.move(b.x + b.width / 2, b.y + b.height / 2); await p.mouse.down(); await p.mouse.move(b.x + 130, b.y, { steps: 4 }); await p.mouse.up(); await frames()
      need(before != await state(), 'the handle can be dragged')
    }
  }

  // presets are marked; bets run, mark, and say why
  await p.locator('[data-go]').nth(1).click(); await frames()
  need(await p.locator('[data-go]').nth(1).getAttribute('aria-pressed') == 'true', 'the chosen scenario is marked')
  const bets = await p.evaluate(async () => { for (const li of document.querySelectorAll('.try li[data-case]:has(.ask)')) { li.querySelector('.ask button').click(); await new Promise(requestAnimationFrame); if (getComputedStyle(li.querySelector('.why')).display == 'none' || li.querySelectorAll('.yes').length != 1 || !li.querySelector('.out').textContent) return false } return true })
  need(bets, 'a bet reveals its reason and the result')

  // polite status and URL
  await p.evaluate(() => { view.set(Object.keys(Lab.def.controls).find(k => Lab.def.controls[k].kind == 'range'), 1); view.paint() })
  need(await p.waitForFunction(() => document.querySelector('[aria-live=polite]').textContent == view.S.out().say && location.hash.slice(1) == view.S.hash(), null, { timeout: 3000 }).then(() => 1, () => 0), 'status line and URL follow the state')
  const want = await p.evaluate(() => JSON.stringify(view.S.out()))
  await p.reload(); await p.waitForFunction(() => document.querySelector('[data-say]').textContent)
  need(await p.evaluate(() => JSON.stringify(view.S.out())) === want, 'reload restores the state')

  // accessibility, before and after answering, light and dark
  await p.evaluate(AXE)
  for (const colorScheme of ['light', 'dark']) {
    await p.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await p.evaluate(d => { view.S.load(Object.values(Lab.def.presets)[d ? 1 : 0]); view.paint(); if (d) document.querySelector('.ask button').click() }, colorScheme == 'dark'); await frames()
    const a = await p.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(r => r.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target).join(' | ')}`)))
    need(!a.length, `axe, ${colorScheme}: ` + a.join(' · '))
    const low = await p.evaluate(contrast)
    need(!low.length, `contrast in drawings, ${colorScheme}: ` + low.slice(0, 8).join(' | '))
  }

  // reflow, in every scenario
  await p.setViewportSize({ width: 320, height: 700 }); await frames()
  const wide = await p.evaluate(() => { let w = 0; for (const k in Lab.def.presets) { view.S.load(Lab.def.presets[k]); view.paint(); w = Math.max(w, document.documentElement.scrollWidth) } return w })
  need(wide <= 320, `${wide} px wide at 320 px`)
  const cut = await p.evaluate(() => { const out = new Set(); for (const k in Lab.def.presets) { view.S.load(Lab.def.presets[k]); view.paint(); for (const s of document.querySelectorAll('svg')) { const b = s.getBoundingClientRect(); for (const t of s.querySelectorAll('text')) { const r = t.getBoundingClientRect(); if (t.textContent.trim() && (r.right > 321 || r.left < -1)) out.add(t.textContent.trim().slice(0, 24)) } } } return [...out] })
  need(!cut.length, 'cut off at 320 px: ' + cut.slice(0, 6))
  await p.setViewportSize({ width: 1180, height: 900 }); await frames()

  // one change, its paint and its layout within a frame: processor time of the page, so that a busy machine does not count
  const cdp = await context.newCDPSession(p)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const spent = async () => (await cdp.send('Performance.getMetrics')).metrics.find(m => m.name == 'TaskDuration').value * 1000
  const t0 = await spent()
  await p.evaluate(() => {
    const S = view.S, ks = Object.keys(Lab.def.controls).filter(k => Lab.def.controls[k].kind == 'range')
    S.load(Lab.def.presets[Lab.def.start])
    for (let i = 0; i < 48; i++) {
      const k = ks[i % ks.length], d = Lab.def.controls[k], f = (i % 5 + 1) / 6
      if (S.end && i % 2) S.seek(Math.floor(S.end * i / 48)); else S.set({ [k]: d.stops ? d.stops[Math.floor(f * d.stops.length)] : d.value + (d.max - d.value) * f * .2 })
      view.paint(); document.body.offsetHeight
    }
  })
  const ms = (await spent() - t0) / 48
  need(ms <= 16, `paint takes ${ms.toFixed(1)} ms`)

  await p.emulateMedia({ media: 'print', colorScheme: 'light' })
  need(await p.evaluate(() => [...document.querySelectorAll('.why')].every(e => getComputedStyle(e).display != 'none') && [...document.querySelectorAll('.ask li')].every(e => e.innerText.trim())), 'print shows questions and answers')
  need(requests.every(r => r.startsWith(url)), 'requests: ' + requests.filter(r => !r.startsWith(url)))
  need(!noise.length, 'console: ' + noise.slice(0, 4).join(' / '))
  await p.close()
  return { passed, bad, bytes, paint: ms }
}

// Text inside SVG, which axe cannot judge: its background is what was painted before it at its centre.
const contrast = () => {
  const g = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true })
  const rgb = (c, over, alpha = 1) => { g.globalAlpha = 1; g.fillStyle = over ? `rgb(${over})` : '#000'; g.fillRect(0, 0, 1, 1); g.globalAlpha = alpha; g.fillStyle = c; g.fillRect(0, 0, 1, 1); return [...g.getImageData(0, 0, 1, 1).data].slice(0, 3) }
  const lum = c => { const f = c.map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * f[0] + .7152 * f[1] + .0722 * f[2] }
  const low = new Set(), page = rgb(getComputedStyle(document.body).backgroundColor)
  for (const s of document.querySelectorAll('svg')) {
    let base = page
    for (let e = s.parentElement; e && e != document.body; e = e.parentElement) { const b = getComputedStyle(e).backgroundColor; if (b != 'rgba(0, 0, 0, 0)') { base = rgb(b, page); break } }
    const shapes = []
    for (const e of s.querySelectorAll('rect,circle,text')) {
      const b = e.getBoundingClientRect(), cs = getComputedStyle(e)
      if (e.nodeName != 'text') { if (cs.fill != 'none' && !cs.fill.startsWith('url')) shapes.push([b, cs.fill, +cs.fillOpacity * +cs.opacity]); continue }
      if (!e.textContent.trim()) continue
      const x = b.left + b.width / 2, y = b.top + b.height / 2
      let bg = base
      for (const [r, f, o] of shapes) if (x > r.left && x < r.right && y > r.top && y < r.bottom) bg = rgb(f, bg, o)
      if (cs.stroke != 'none' && cs.paintOrder.startsWith('stroke')) bg = rgb(cs.stroke, bg)
      const a = lum(rgb(cs.fill, bg)), c = lum(bg), k = (Math.max(a, c) + .05) / (Math.min(a, c) + .05)
      if (k < 4.5) low.add(`${e.textContent.trim().slice(0, 14)} ${k.toFixed(2)}`)
    }
  }
  return [...low]
}
