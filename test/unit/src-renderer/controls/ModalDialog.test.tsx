import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '../../repository/markdown.ts';

/** Only then the keys of the page leave every open dialog alone, and no dialog is under the embedded page. */
it('is the only component that draws a dialog', () => {
  const folder = join(repository, 'src-renderer');
  const drawing = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.tsx'))
    .filter((path) => /<dialog\b|role="(?:alert)?dialog"|showModal\(/.test(readFileSync(join(folder, path), 'utf8')));
  expect(drawing.map((path) => path.replaceAll('\\', '/'))).toEqual(['controls/ModalDialog.tsx']);
});
