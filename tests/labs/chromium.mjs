// One headless Chromium with a throw-away profile. Set CHROMIUM to use another binary.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'

export const launch = async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-profile-'))
  const context = await chromium.launchPersistentContext(dir, {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, viewport: { width: 1180, height: 900 },
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
  })
  return { context, close: async () => { await context.close(); fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 }) } }
}
