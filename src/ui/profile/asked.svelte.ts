import { isCancelled } from '../../core/errors.ts';
import type { Profile, ProfileRequest } from '../../core/profile.ts';
import type { AppState } from '../state/app.svelte.ts';

/** The profile asked for: the last answer stays until the next one is there. */
export class Asked {
  profile = $state.raw<Profile | null>(null);
  error = $state.raw<unknown>(null);

  /** Asks again whenever the request, a segment or the moment changes. */
  constructor(app: AppState, request: () => ProfileRequest, onprofile?: (p: Profile) => void) {
    // Not the whole document: another moment would be answered twice, first with the tags of the one before.
    const segments = $derived(app.doc?.segments);
    $effect(() => {
      const { basis } = app;
      if (!basis || !segments) return;
      let over = false;
      void app.studio.profile(request(), segments, basis, 'profile').then(
        (p) => {
          if (over) return;
          [this.profile, this.error] = [p, null];
          onprofile?.(p);
        },
        (e: unknown) => {
          if (!over && !isCancelled(e)) this.error = e;
        },
      );
      return () => {
        over = true;
      };
    });
  }
}
