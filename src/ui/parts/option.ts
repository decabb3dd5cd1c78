import type { IconType } from './icon.ts';

/** One choice of a Select or Picker. `note` stands beside the label, small. */
export interface Option {
  value: string;
  label: string;
  note?: string;
  group?: string;
  disabled?: boolean;
  icon?: IconType;
  kind?: 'static' | 'dynamic' | 'derived' | 'model';
}
