// Pictures for looking at: node shot.mjs <lab> [#hash] → shots/<lab>-{light,dark,320}.png
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch } from './chromium.mjs'
import { labFiles } from './kit.mjs'

const [id, hash = ''] = process.argv.slice(2), file = labFiles().find(f => path.basename(f, '.html') == id)
if (!file) { console.error('no such lab: ' + id); process.exit(1) }
const dir = new URL('./shots/', import.meta.url).pathname
fs.mkdirSync(dir, { recursive: true })
const { context, close } = await launch()
for (const [name, colorScheme, width] of [['light', 'light', 1180], ['dark', 'dark', 1180], ['320', 'light', 320]]) {
  const p = await context.newPage()
  p.on('console', m => console.log(m.type(), m.text())); p.on('pageerror', e => console.log('error', e.message))
  await p.setViewportSize({ width, height: 900 })
  await p.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await p.goto(pathToFileURL(file).href + hash)
  await p.waitForFunction(() => document.querySelector('[data-say]').textContent)
  await p.screenshot({ path: `${dir}${id}-${name}.png`, fullPage: true })
  await p.close()
}
await close()
