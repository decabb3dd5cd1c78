import type { StudioApi } from '../../project/studio-api.ts';

type Verb = (...args: unknown[]) => Promise<unknown>;
type Name = keyof StudioApi;

/**
 * The studio as views see it: every call waits until the engine holds what the document speaks of, except a cancellation and what `known`
 * answers (undefined, or a promise of it: it does not). `known` is asked at once, so that a view which reads state through it follows that state.
 */
export function gated(
  studio: () => StudioApi,
  filled: (args: unknown[]) => Promise<unknown>,
  known: (name: Name, args: unknown[]) => unknown,
): StudioApi {
  return new Proxy({} as StudioApi, {
    get: (_, name) => {
      // A promise is looked for in whatever is awaited.
      if (name === 'then') return undefined;
      return async (...args: unknown[]): Promise<unknown> => {
        const answer = await known(name as Name, args);
        if (answer !== undefined) return answer;
        if (name !== 'cancel') await filled(args);
        return (Reflect.get(studio(), name) as Verb)(...args);
      };
    },
  });
}
