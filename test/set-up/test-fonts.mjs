import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The fonts of the console tests, a wide and a narrow one. The console sees no other fonts of the machine, so that results are
 * the same on every machine.
 */
const testFonts = {
  wide: { family: 'DejaVu Sans', folder: '/usr/share/fonts/truetype/dejavu', files: /^DejaVuSans(-Bold)?\.ttf$/ },
  narrow: { family: 'Noto Sans', folder: '/usr/share/fonts/truetype/noto', files: /^NotoSans-(Regular|Bold)\.ttf$/ },
};
export { testFonts };

/** Generic families that styles use if none of their named fonts is installed. */
const generic = ['sans-serif', 'serif', 'monospace', 'system-ui', 'Sans', 'Monospace'];

/**
 * The font for all tests, from `FLC_FONT=wide` or `FLC_FONT=narrow`. If it is not set, tests run with the wide font, and layout
 * tests with both.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {'wide' | 'narrow' | null}
 */
export function chosenFont(env = process.env) {
  const name = env.FLC_FONT;
  if (!name) return null;
  if (!Object.hasOwn(testFonts, name))
    throw new Error(`FLC_FONT is ${name}. It can be: ${Object.keys(testFonts).join(', ')}`);
  return /** @type {'wide' | 'narrow'} */ (name);
}

/**
 * Writes fontconfig's settings for each font to a folder of the session. Returns the environment variables for it.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} [env]
 */
export function fontEnvironment(folder, env = process.env) {
  for (const [name, { family, folder: from, files }] of Object.entries(testFonts)) {
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    for (const file of readdirSync(from).filter((candidate) => files.test(candidate)))
      symlinkSync(join(from, file), join(own, file));
    writeFileSync(join(folder, `${name}.conf`), settingsFor(family, own, join(folder, 'cache')));
  }
  return { FLC_FONT_FOLDER: folder, FONTCONFIG_FILE: join(folder, `${chosenFont(env) ?? 'wide'}.conf`) };
}

function settingsFor(family, folder, cache) {
  const aliases = generic.map(
    (name) => `<alias binding="same"><family>${name}</family><prefer><family>${family}</family></prefer></alias>`,
  );
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    '<fontconfig>',
    `<dir>${folder}</dir>`,
    `<cachedir>${cache}</cachedir>`,
    ...aliases,
    // Hinting must not depend on the machine either.
    '<match target="font"><edit name="hinting" mode="assign"><bool>false</bool></edit></match>',
    '</fontconfig>',
    '',
  ].join('\n');
}
