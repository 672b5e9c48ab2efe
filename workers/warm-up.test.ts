import { expect, it } from 'vitest';
import { valueOf, fileOf } from '../tests/helpers/service';
import { createSimdEngine } from './engines/simd';
import { createService } from './service';
import { warmUp } from './warm-up';

it('a practice runs every step that the first file will need, with rests in between', async () => {
  let nRests = 0;
  await warmUp(await createSimdEngine(), () => {
    nRests++;
    return Promise.resolve();
  });
  expect(nRests).toBeGreaterThan(10);
});

it('ends where somebody asks for something', async () => {
  const asked = new Error('asked');
  let nRests = 0;
  const breathe = () => (++nRests < 5 ? Promise.resolve() : Promise.reject(asked));
  await expect(warmUp(await createSimdEngine(), breathe)).rejects.toBe(asked);
  expect(nRests).toBe(5);
});

it('of a service neither fails nor keeps it from answering', async () => {
  const service = createService({ simd: createSimdEngine });
  valueOf(await service.start('simd'));
  const practice = service.warmUp();
  expect(valueOf(await service.open(1, fileOf('a\n1\n')))).toHaveLength(64);
  await expect(practice).resolves.toBeUndefined();
});

it('of plain loops there is none: they are not what the first file will meet', async () => {
  const service = createService({});
  valueOf(await service.start('reference'));
  await expect(service.warmUp()).resolves.toBeUndefined();
});
