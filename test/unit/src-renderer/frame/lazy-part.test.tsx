import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { lazyPart } from '../../../../src-renderer/frame/lazy-part.tsx';
import { settled } from '../../../fakes/until.ts';

const renderer = join(import.meta.dirname, '../../../../src-renderer');

function Greeting({ name }: { readonly name: string }) {
  return <p>Hello {name}</p>;
}

describe('lazyPart', () => {
  it('loads nothing until it is asked to, and then once', async () => {
    let loads = 0;
    const Part = lazyPart(async () => {
      loads += 1;
      return { default: Greeting };
    });
    expect(loads).toBe(0);
    Part.loadAhead();
    Part.loadAhead();
    await settled();
    expect(loads).toBe(1);
  });

  it('shows what stands in for it, and itself at once after it was loaded ahead', async () => {
    const Part = lazyPart(async () => ({ default: Greeting }));
    const drawn = () => renderToStaticMarkup(<Part name="Store 014" whileLoading={<p>Wait</p>} />);
    expect(drawn()).toBe('<p>Wait</p>');
    Part.loadAhead();
    await settled();
    expect(drawn()).toBe('<p>Hello Store 014</p>');
  });

  it('keeps a failure of loading ahead to itself', async () => {
    const Part = lazyPart<{ name: string }>(() => Promise.reject(new Error('The script is gone')));
    Part.loadAhead();
    await settled();
    expect(renderToStaticMarkup(<Part name="Store 014" />)).toBe('');
  });
});

it.each(readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tsx')))(
  '%s loads its parts without the wait of Suspense',
  (path) => {
    expect(readFileSync(join(renderer, path), 'utf8')).not.toMatch(/<Suspense|\blazy\(/);
  },
);
