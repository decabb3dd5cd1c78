import { isCancelled } from '../../core/errors.ts';
import type { Profile, ProfileRequest } from '../../core/profile.ts';
import type { AppState } from '../state/app.svelte.ts';

/** The profile asked for: the last answer stays until the next one is there. */
export class Asked {
  profile = $state.raw<Profile | null>(null);
  error = $state.raw<unknown>(null);

  /** Asks again whenever the request, the document or the moment changes. */
  constructor(app: AppState, request: () => ProfileRequest, onprofile?: (p: Profile) => void) {
    $effect(() => {
      const { basis, doc } = app;
      if (!basis || !doc) return;
      let over = false;
      void app.studio.profile(request(), doc.segments, basis, 'profile').then(
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
