/** The exhaustive look at 200 tags of 100,000 people with a three-way niche planted in them: `tsx test/bench/look.ts [people] [tags] [values]`. */
import { look } from '../../src/profiles/look.ts';
import { rng } from '../../src/stats/random.ts';

const [people = 100_000, tags = 200, values = 4] = process.argv.slice(2).map(Number);
const random = rng(1, 'look');
const board = {
  n: people,
  tags: Array.from({ length: tags }, (_, t) => ({
    id: `t${t}`,
    title: `Tag ${t}`,
    values: Array.from({ length: values }, (_, v) => `v${v}`),
    codes: Uint8Array.from({ length: people }, () => Math.floor(random() * values)),
    numbers: null,
  })),
};
const planted = [17, 101, 163].map((t) => board.tags[t % tags]!.codes);
const goal = Uint8Array.from({ length: people }, (_, i) => Number(random() < (planted.every((c) => c[i] === 1) ? 0.4 : 0.1)));
const started = performance.now();
const cpu = process.cpuUsage();
const work = look(board, goal, 'goal', { least: 100 });
let step = work.next();
while (!step.done) step = work.next();
const { commoner, tested, found } = step.value;
const first = commoner[0]?.items.map((i) => `${i.tag}=${i.value}`).join(' ') ?? 'nothing';
process.stdout.write(
  `${people} people, ${tags} tags of ${values} values: ${((performance.now() - started) / 1000).toFixed(1)} s (${(process.cpuUsage(cpu).user / 1e6).toFixed(1)} s of processor), tested ${tested.join(' + ')}, ${found} found, first: ${first}\n`,
);
