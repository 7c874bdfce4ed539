import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ConnectionRoom } from '../../../../../src-main/pairing/laptop/connection-room.ts';

class FakeSocket extends EventEmitter {
  readonly remoteAddress: string;
  readonly remotePort: number;
  isOpen = true;

  constructor(remoteAddress: string, remotePort: number) {
    super();
    this.remoteAddress = remoteAddress;
    this.remotePort = remotePort;
  }

  destroy(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.emit('close');
  }
}

let port = 1;
function openIn(room: ConnectionRoom, address: string): FakeSocket {
  port += 1;
  const socket = new FakeSocket(address, port);
  room.opened(socket as unknown as Socket);
  return socket;
}
const prove = (room: ConnectionRoom, socket: FakeSocket, owner: object) =>
  room.proved(socket as unknown as Socket, owner);
const limits = { unproven: 6, unprovenOfAddress: 3, ofServer: 2 };

describe('the limit of connections', () => {
  it('closes the oldest connection of an address that has too many', () => {
    const room = new ConnectionRoom(limits);
    const sockets = Array.from({ length: 5 }, () => openIn(room, 'a'));
    expect(sockets.map(({ isOpen }) => isOpen)).toEqual([false, false, true, true, true]);
    expect(room.count).toBe(3);
  });

  it('closes a connection of the address with the most if there are too many in total', () => {
    const room = new ConnectionRoom(limits);
    const lone = openIn(room, 'b');
    const many = [
      ...Array.from({ length: 3 }, () => openIn(room, 'a')),
      ...Array.from({ length: 2 }, () => openIn(room, 'c')),
    ];
    openIn(room, 'd');
    expect(lone.isOpen).toBe(true);
    expect(many.map(({ isOpen }) => isOpen)).toEqual([false, true, true, true, true]);
  });

  it('never closes a connection of a paired server to make room for strangers', () => {
    const room = new ConnectionRoom(limits);
    const own = openIn(room, 'a');
    expect(prove(room, own, limits)).toBe(true);
    for (let nth = 0; nth < 50; nth += 1) openIn(room, 'a');
    expect(own.isOpen).toBe(true);
  });

  it('limits a paired server too, and counts each of its connections once', () => {
    const room = new ConnectionRoom(limits);
    const server = {};
    const [one, two, three] = [openIn(room, 'a'), openIn(room, 'a'), openIn(room, 'a')];
    expect([one, one, two, three].map((socket) => prove(room, socket, server))).toEqual([true, true, true, false]);
    one.destroy();
    expect(prove(room, three, server)).toBe(true);
    expect(prove(room, openIn(room, 'a'), {})).toBe(true);
  });

  it('can close all connections', () => {
    const room = new ConnectionRoom(limits);
    const sockets = [openIn(room, 'a'), openIn(room, 'b')];
    prove(room, openIn(room, 'c'), {});
    room.closeAll();
    expect(sockets.some(({ isOpen }) => isOpen)).toBe(false);
    expect(room.count).toBe(0);
  });
});
