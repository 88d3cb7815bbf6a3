// Minifies the kit and inlines it into every lab.   node kit.mjs          writes
//                                                   node kit.mjs --check  changes nothing, fails on drift
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { transformSync } from 'esbuild'

export const ROOT = fileURLToPath(new URL('../../labs/', import.meta.url))
const KIT = ROOT + 'kit/'
// Labs that are for the tests: what the kit can do and no lab of the library does yet.
const FIXTURES = fileURLToPath(new URL('./fixtures/', import.meta.url))
const files = (d, end) => fs.readdirSync(d).filter(f => f.endsWith(end)).sort()

export const labFiles = () => fs.readdirSync(ROOT, { withFileTypes: true }).filter(d => d.isDirectory() && d.name != 'kit')
  .flatMap(d => files(ROOT + d.name, '.html').map(f => ROOT + d.name + '/' + f)).sort()
  .concat(files(FIXTURES, '.html').map(f => FIXTURES + f))

/** Kit source → minified part: `js/core.js` → `min/js/core.js`. */
export const minify = () => ['js', 'css'].flatMap(kind => files(KIT + kind, '.' + kind).map(f => ({
  file: `${KIT}min/${kind}/${f}`,
  code: transformSync(fs.readFileSync(`${KIT}${kind}/${f}`, 'utf8'), { loader: kind, minify: true, charset: 'utf8' }).code.trim()
})))

/** The whole rule (labs/kit/README.md): which parts a lab gets, and where. */
export const inline = (html, read) => {
  const mods = html.match(/<meta name="lab-kit" content="([^"]*)">/)[1].split(' ').filter(Boolean)
  const parts = kind => ['base', ...mods].map(m => read(`${kind}/${m}.${kind}`)).filter(Boolean).join('\n')
  const put = (s, tag, code) => {
    const a = `/*kit:${tag}*/`, z = '/*kit:end*/', i = s.indexOf(a), j = s.indexOf(z, i)
    if (i < 0 || j < 0) throw Error('no marker ' + a)
    return s.slice(0, i) + a + '\n' + code + '\n' + s.slice(j)
  }
  return put(put(put(html, 'css', parts('css')), 'core', read('js/core.js')), 'js', parts('js'))
}

export const reader = min => f => {
  const p = KIT + 'min/' + f
  return min ? min.find(m => m.file == p)?.code : fs.existsSync(p) ? fs.readFileSync(p, 'utf8') : ''
}

export const drift = () => {
  const min = minify(), bad = [], known = new Set(min.map(m => m.file))
  for (const m of min) if (!fs.existsSync(m.file) || fs.readFileSync(m.file, 'utf8') != m.code) bad.push(m.file)
  for (const k of ['js', 'css']) for (const f of files(KIT + 'min/' + k, '')) if (!known.has(`${KIT}min/${k}/${f}`)) bad.push(`${KIT}min/${k}/${f} (no source)`)
  for (const f of labFiles()) { const s = fs.readFileSync(f, 'utf8'); if (inline(s, reader(min)) != s) bad.push(f) }
  return bad.map(f => path.relative(ROOT, f))
}

if (process.argv[1] && import.meta.url == pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--check')) {
    const bad = drift()
    for (const f of bad) console.log('out of date: labs/' + f)
    process.exit(bad.length ? 1 : 0)
  }
  const min = minify(), size = s => Buffer.byteLength(s)
  for (const k of ['js', 'css']) fs.mkdirSync(KIT + 'min/' + k, { recursive: true })
  for (const m of min) fs.writeFileSync(m.file, m.code)
  const base = ['js/core.js', 'js/base.js', 'css/base.css'].map(f => size(reader(min)(f)))
  console.log(`kit base ${base.reduce((a, b) => a + b)} bytes (core ${base[0]}, base ${base[1]}, css ${base[2]})`)
  for (const f of labFiles()) {
    const s = fs.readFileSync(f, 'utf8'), t = inline(s, reader(min))
    if (s != t) fs.writeFileSync(f, t)
    console.log(path.relative(ROOT, f), size(t), 'bytes', s != t ? 'updated' : '')
  }
}
