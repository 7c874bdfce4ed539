import { median } from '../statistics.ts';
import { verdict } from '../verdict.ts';
import { type Scene, serve, type Served } from './scene.ts';

const goals = { warm: 0.7, coldWarmCalls: 1.5 };
const connections = 16;
/** The duration of a loaded round. */
const slices = 10;

interface Round {
  /** Loaded: as many calls as the server can handle. */
  readonly bare: Served;
  readonly warm: Served;
  readonly cold: Served;
  /** One call at a time, the median in ms, so that other work of the computer does not count. */
  readonly rawVerify: number;
  readonly bareCall: number;
  readonly warmCall: number;
  readonly coldCall: number;
}

/** Verify calls per second and latency, cold and warm, compared with the bare server and the bare verification. */
export async function measureSpeed(scene: Scene): Promise<void> {
  const rounds: Round[] = [];
  await compileWhatIsHot(scene);
  for (let nth = 0; nth <= scene.options.rounds; nth += 1) {
    const round = await measureRound(scene, nth % 2 === 0);
    // The first one does not count.
    if (nth > 0) rounds.push(round);
    process.stderr.write(
      `${nth === 0 ? 'warm-up' : `round ${nth}/${scene.options.rounds}`}  warm ${Math.round(round.warm.callsPerSecond)} /s, bare ${Math.round(round.bare.callsPerSecond)} /s\n`,
    );
  }
  report(rounds);
}

/** A console that has run for a while has seen more than a handful of tokens. */
async function compileWhatIsHot(scene: Scene): Promise<void> {
  const { options, signer } = scene;
  for (let times = 0; times < 5; times += 1) {
    const tokens = signer.make(options.registers);
    await serve(scene, { server: 'api', tokens, connections, calls: options.registers });
  }
}

/** The candidates take turns in slices, and also take turns at being first, so that noise affects all of them equally. */
async function measureRound(scene: Scene, bareFirst: boolean): Promise<Round> {
  const { tokens, options, signer, bare } = scene;
  const [some, others] = [signer.make(options.registers), signer.make(options.registers)];
  const single = { connections: 1, calls: options.registers };
  await serve(scene, { server: 'api', tokens, connections, calls: options.registers });
  const served = { bare: [] as Served[], api: [] as Served[] };
  const calls = Math.ceil(options.callsOfRound / slices);
  for (let nth = 0; nth < slices; nth += 1) {
    for (const server of bareFirst ? (['bare', 'api'] as const) : (['api', 'bare'] as const))
      served[server].push(await serve(scene, { server, tokens, connections, calls }));
  }
  const cold = await serve(scene, { server: 'api', tokens: some, connections, calls: options.registers });
  const rawVerify = await bare.tell<number>('raw', { tokens: others, jwk: signer.jwk });
  const coldCall = (await serve(scene, { ...single, server: 'api', tokens: others })).p50Ms;
  const warmCall = (await serve(scene, { ...single, server: 'api', tokens: others })).p50Ms;
  const bareCall = (await serve(scene, { ...single, server: 'bare', tokens: others })).p50Ms;
  return { bare: together(served.bare), warm: together(served.api), cold, rawVerify, bareCall, warmCall, coldCall };
}

/** Combines slices with equal numbers of calls. The latencies are those of the median slice. */
function together(parts: readonly Served[]): Served {
  const middle = (member: keyof Served) => median(parts.map((part) => part[member]));
  const mean = (member: keyof Served) => parts.reduce((sum, part) => sum + part[member], 0) / parts.length;
  const secondsOfCall = parts.reduce((sum, part) => sum + 1 / part.callsPerSecond, 0) / parts.length;
  const cpuMicros = mean('cpuMicros');
  return {
    callsPerSecond: 1 / secondsOfCall,
    meanMs: mean('meanMs'),
    p50Ms: middle('p50Ms'),
    p99Ms: middle('p99Ms'),
    notAccepted: 0,
    cpuMicros,
    busy: cpuMicros / 1e6 / secondsOfCall,
  };
}

function report(rounds: readonly Round[]): void {
  const of = (pick: (round: Round) => number) => median(rounds.map(pick));
  const line = (name: string, pick: (round: Round) => Served, more = '') => {
    const figure = (member: keyof Served) => of((round) => pick(round)[member]);
    const ratio = of((round) => pick(round).callsPerSecond / round.bare.callsPerSecond);
    console.log(
      `  ${name.padEnd(17)} ${Math.round(figure('callsPerSecond')).toString().padStart(6)} /s  p50 ${figure('p50Ms').toFixed(2)} ms  p99 ${figure('p99Ms').toFixed(2)} ms  processor ${figure('cpuMicros').toFixed(0).padStart(4)} µs a call (${Math.round(figure('busy') * 100)} % busy)  ${ratio.toFixed(2)} x${more}`,
    );
  };
  const byCalls = of(({ warm, bare }) => warm.callsPerSecond / bare.callsPerSecond);
  // The load generator shares the computer with the servers, and may slow down the faster one.
  const byProcessor = of(({ warm, bare }) => bare.cpuMicros / warm.cpuMicros);
  const warmIsMet = Math.min(byCalls, byProcessor) >= goals.warm;
  console.log(
    `  ${connections} connections, median of ${rounds.length} rounds, in turn; ratio to the bare server in the same round`,
  );
  line('bare node:http', ({ bare }) => bare);
  line(
    'verify, warm',
    ({ warm }) => warm,
    `, ${byProcessor.toFixed(2)} x by processor time  goal ${goals.warm} x by both: ${verdict(warmIsMet)}`,
  );
  line('verify, cold', ({ cold }) => cold);
  const allowed = of(({ rawVerify, warmCall }) => rawVerify + goals.coldWarmCalls * warmCall);
  const share = of(({ coldCall, rawVerify, warmCall }) => coldCall / (rawVerify + goals.coldWarmCalls * warmCall));
  const ms = (pick: (round: Round) => number) => `${of(pick).toFixed(3)} ms`;
  console.log(
    `  one at a time: bare ${ms(({ bareCall }) => bareCall)}, warm ${ms(({ warmCall }) => warmCall)}, raw crypto.verify ${ms(({ rawVerify }) => rawVerify)}, cold ${ms(({ coldCall }) => coldCall)}`,
  );
  console.log(
    `  cold over one raw verify + ${goals.coldWarmCalls} warm calls (${allowed.toFixed(3)} ms): ${share.toFixed(2)} x  goal 1.00 x: ${verdict(share <= 1)}`,
  );
}
