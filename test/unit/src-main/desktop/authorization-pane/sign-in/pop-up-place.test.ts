import { assert, integer, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { popUpBounds, popUpTitle } from '../../../../../../src-main/desktop/authorization-pane/sign-in/pop-up-place.ts';

const workArea = { x: 0, y: 0, width: 1920, height: 1040 };
const pane = { x: 900, y: 200, width: 800, height: 700 };

describe('the place of a pop-up', () => {
  it.each([
    ['popup', 500, 650],
    ['width=600,height=500', 600, 500],
    ['toolbar=no, innerWidth = 700 , innerHeight=600', 700, 600],
    ['width=1,height=1', 460, 400],
    ['width=99999,height=99999', 1000, 900],
    ['outerwidth=700,height=-5,width=1e3', 460, 650],
  ])('has with the features %s the size %i × %i', (features, width, height) => {
    expect(popUpBounds(features, pane, workArea)).toMatchObject({ width, height });
  });

  it('is the middle of the pane, whatever position the page asks for', () => {
    const { x, y, width, height } = popUpBounds('width=500,height=600,left=0,top=-900', pane, workArea);
    expect([x + width / 2, y + height / 2]).toEqual([1300, 550]);
  });

  it('is on the screen and smaller than it, for any features, pane and screen', () => {
    const side = integer({ min: -3000, max: 3000 });
    const length = integer({ min: 640, max: 4000 });
    const rectangle = record({ x: side, y: side, width: length, height: length });
    assert(
      property(string(), integer(), integer(), rectangle, rectangle, (text, width, height, place, screen) => {
        const bounds = popUpBounds(`${text},width=${width},height=${height}`, place, screen);
        expect(bounds.x).toBeGreaterThanOrEqual(screen.x);
        expect(bounds.y).toBeGreaterThanOrEqual(screen.y);
        expect(bounds.x + bounds.width).toBeLessThanOrEqual(screen.x + screen.width);
        expect(bounds.y + bounds.height).toBeLessThanOrEqual(screen.y + screen.height);
        expect(bounds.width).toBeLessThan(screen.width);
        expect(bounds.height).toBeLessThan(screen.height);
        expect(Math.min(bounds.width, bounds.height)).toBeGreaterThanOrEqual(400);
      }),
    );
  });
});

describe('the title of a pop-up', () => {
  it.each([
    ['https://accounts.example.com', 'https://accounts.example.com – Sign-in window'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000 – Sign-in window'],
    ['null', 'Sign-in window'],
    ['', 'Sign-in window'],
  ])('for the origin %j is %j', (origin, title) => {
    expect(popUpTitle(origin)).toBe(title);
  });

  it('keeps the end of a long host, which says who owns it', () => {
    const title = popUpTitle(`https://accounts.example.com.${'a'.repeat(200)}.evil.example.net`);
    expect(title).toMatch(/^…a+\.evil\.example\.net – Sign-in window$/);
    expect(title.indexOf(' –')).toBe(40);
  });
});
