import { describe, expect, it } from 'vitest';
import { nextStep, type Standing } from '../../../src/ui/boot/next-step.ts';

const bareHost: Standing = { framed: false, isolated: false, controlled: false, workers: true, active: false, reloads: 0 };

describe('the next step of the boot', () => {
  it.each<[string, Partial<Standing>, ReturnType<typeof nextStep>]>([
    ['a host that sends the policy', { isolated: true }, 'go'],
    ['the same in a browser without service workers', { isolated: true, workers: false }, 'go'],
    ['a bare host, first load', {}, 'wait'],
    ['a bare host, after the reload', { isolated: true, controlled: true, active: true, reloads: 1 }, 'go'],
    ['a bare host, reload with Shift', { active: true }, 'reload'],
    ['a bare host, claimed by a service worker but loaded without it', { active: true, controlled: true }, 'reload'],
    ['a bare host, still bare after two reloads', { active: true, reloads: 2 }, 'unguarded'],
    ['a bare host where reloads cannot be counted', { reloads: Infinity }, 'unguarded'],
    ['a bare host, no service workers', { workers: false }, 'unsupported'],
    ['inside another page, whatever else holds', { framed: true, isolated: true }, 'framed'],
  ])('%s', (_, change, step) => expect(nextStep({ ...bareHost, ...change })).toBe(step));
});
