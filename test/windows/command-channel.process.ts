import { CommandChannel } from '../../src-main/adapters/command-channel/command-channel-server.ts';
import { processArguments, say } from './own-process.ts';

/** A console that runs commands: `wait` is a command that never ends, and every other one prints its words. */
const [folder = ''] = processArguments();
const channel = new CommandChannel(
  folder,
  { servedBy: 'console' },
  {
    mayRun: () => true,
    run: async (words, terminal) => {
      terminal.write(`${process.pid} ${words.join(' ')}\n`);
      if (words[0] === 'wait') await new Promise(() => {});
      return 7;
    },
  },
);
const opened = await channel.keepOpen();
say(opened.ok ? 'open' : `failed ${opened.failure.detail ?? ''}`);
setInterval(() => {}, 1_000_000);
