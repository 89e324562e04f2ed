import { chromium, type Browser } from '@playwright/test'

/**
 * Chromium without a screen and without a word to the network. `CONV_LAB_CHROMIUM` names the one to use; otherwise
 * Playwright's own.
 */
export function launchChromium(): Promise<Browser> {
  const executablePath = process.env['CONV_LAB_CHROMIUM']
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
