import type { Locator } from '@playwright/test';
import jsQR from 'jsqr';
import type { ConsoleApp } from './console-app.ts';

/** The text in a QR code on the screen, read from its pixels as a phone does. Null if no code can be read. */
export async function readQr(app: ConsoleApp, picture: Locator): Promise<string | null> {
  const png = (await picture.screenshot()).toString('base64');
  const { pixels, width, height } = await app.electron.evaluate(({ nativeImage }, taken) => {
    const image = nativeImage.createFromBuffer(Buffer.from(taken, 'base64'));
    return { pixels: image.toBitmap().toString('base64'), ...image.getSize() };
  }, png);
  // The order of red, green and blue does not matter for black and white.
  const bitmap = new Uint8ClampedArray(Buffer.from(pixels, 'base64'));
  return jsQR(bitmap, width, height)?.data ?? null;
}
