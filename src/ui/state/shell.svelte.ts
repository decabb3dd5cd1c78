import type { Explanation } from '../parts/explanation.ts';
import type { BootReport } from '../boot/boot.ts';

/** What is open around the places: one of each for the whole tab. */
class Shell {
  palette = $state(false);
  keys = $state(false);
  explanation = $state.raw<Explanation | null>(null);
  /** Dialogs of the project menu. */
  dialog = $state<'rename' | 'forget' | 'forget-all' | null>(null);
  /** A text announced once to those who hear the page. */
  said = $state('');
  boot = $state.raw<BootReport | null>(null);

  /** Opens "Explain this number". */
  explain(e: Explanation): void {
    this.explanation = e;
  }
  say(text: string): void {
    this.said = text;
  }
}
export const shell = new Shell();
