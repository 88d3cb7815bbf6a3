// Exported pages in Chromium: node pages.mjs [program] → nothing on the console, nothing refused by
// their policy, nothing asked for elsewhere, nothing wider than the window, readable contrast.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { execFileSync, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { launch } from './chromium.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url)), target = process.env.CARGO_TARGET_DIR || path.join(root, 'target')
const built = ['release', 'debug'].map(x => path.join(target, x, 'library-tui')).filter(f => fs.existsSync(f))
const program = process.argv[2] || built.sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs)[0]
if (!program) { console.error('build the program first: cargo build'); process.exit(2) }
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
// Much math, charts and tables, details, long code, an index, a category; and a chart of every kind.
const PAGES = ['transformer-math/sgd-to-adamw.html', 'transformer-math/backprop-transformer-block.html', 'transformer-math/layernorm-step-by-step.html',
  'distributed/quorum-systems.html', 'mcp/mcp-structured-output.html', 'audio/opus-modes-bitrate-frames.html', 'index.html', 'labs.html', 'distributed/index.html', 'video/index.html', '../charts.html']

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'pages-')), site = path.join(dir, 'site')
const { context, close } = await launch()
let passed = 0, failed = 0, served
const need = (ok, msg) => { if (ok) passed++; else { failed++; console.log('✗ ' + msg) } }
try {
  execFileSync(program, ['export', '--all', '--out', site], { stdio: 'ignore' })
  execFileSync(program, ['export', path.join(root, 'tests/fixtures/charts.md'), '--out', path.join(dir, 'charts.html')], { stdio: 'ignore' })
  for (const name of PAGES) {
    const p = await context.newPage(), noise = [], requests = [], url = pathToFileURL(path.join(site, name)).href
    p.on('console', m => noise.push(m.text())); p.on('pageerror', e => noise.push(e.message)); p.on('request', r => requests.push(r.url()))
    for (const colorScheme of ['light', 'dark']) for (const width of [320, 360, 768, 1280]) {
      const at = `${name}, ${colorScheme}, ${width} px`
      await p.setViewportSize({ width, height: 800 })
      await p.emulateMedia({ media: 'screen', colorScheme })
      await p.goto(url)
      await p.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true }))
      const { wide, cut, dark } = await p.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        cut: [...document.querySelectorAll('main svg text')].filter(t => { const r = t.getBoundingClientRect(); return r.width && (r.left < -1 || r.right > innerWidth + 1) }).map(t => t.textContent),
        dark: getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).every(x => x < 64)
      }))
      need(wide <= width, `${at}: ${wide} px wide`)
      need(!cut.length, `${at}: words of a chart are cut off: ${cut.slice(0, 4)}`)
      need(dark == (colorScheme == 'dark'), `${at}: the colours are not those of the scheme`)
    }
    for (const colorScheme of ['light', 'dark']) {
      await p.emulateMedia({ media: 'screen', colorScheme })
      const s = await context.newCDPSession(p)
      await s.send('Page.setBypassCSP', { enabled: true })
      await p.goto(url)
      await p.evaluate(AXE)
      const a = await p.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(r => r.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target).join(' | ')}`)))
      need(!a.length, `${name}, ${colorScheme}, axe: ${a.join(' · ')}`)
      await s.send('Page.setBypassCSP', { enabled: false })
      await s.detach()
    }
    await p.emulateMedia({ media: 'print' })
    need(await p.evaluate(() => [...document.querySelectorAll('main details:not(.numbers)')].every(d => d.getBoundingClientRect().height > d.querySelector('summary').getBoundingClientRect().height + 8)), `${name}: print hides what details hold`)
    need(!noise.length, `${name}: console: ${noise.slice(0, 3).join(' / ')}`)
    need(requests.every(r => r == url), `${name}: requests: ${requests.filter(r => r != url)}`)
    await p.close()
  }

  // Served: from the index by links to an article and on to its lab, under the policies of the server, too
  served = spawn(program, ['serve'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const address = await new Promise(done => served.stdout.once('data', d => done(String(d).trim())))
  const p = await context.newPage(), noise = []
  p.on('console', m => noise.push(m.text())); p.on('pageerror', e => noise.push(e.message))
  await p.setViewportSize({ width: 1280, height: 800 })
  await p.goto(address)
  for (const link of ['main a[href="distributed/index.html"]', 'main a[href$="raft-leader-election.html"]', 'header a[href$="raft-election.html"]']) await p.click(link)
  await p.waitForFunction(() => document.querySelector('[data-say]')?.textContent)
  need(p.url().endsWith('/labs/distributed/raft-election.html'), 'served: the way from the index to a lab ends at ' + p.url())
  need(!noise.length, 'served: console: ' + noise.slice(0, 3).join(' / '))
} finally {
  served?.kill()
  await close()
  fs.rmSync(dir, { recursive: true, force: true })
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
