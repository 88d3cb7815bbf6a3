// One of the two processes of test.mjs: a Chromium of its own, one lab after the other.
import { launch } from './chromium.mjs'
import { modelTests } from './model.mjs'
import { browserTests } from './browser.mjs'

const ready = launch()
process.on('message', async file => {
  if (!file) { await (await ready).close(); process.exit(0) }
  const { context } = await ready                  // before the model, which would hold it up
  const t = performance.now(), out = { file, passed: 0, bad: [] }
  try {
    const m = modelTests(file)
    const b = await browserTests(context, file, m.trace)
    Object.assign(out, { passed: m.passed + b.passed, bad: [...m.bad, ...b.bad], note: `${m.claims} claims, ${m.checks} checks, ${m.states.toLocaleString('en')} states, ${b.bytes.toLocaleString('en')} bytes, paint ${b.paint.toFixed(1)} ms` })
  } catch (e) { out.bad.push(e.stack) }
  process.send({ ...out, ms: performance.now() - t })
})
