import type { Component } from 'svelte';
import Database from '@lucide/svelte/icons/database';
import Lightbulb from '@lucide/svelte/icons/lightbulb';
import Ruler from '@lucide/svelte/icons/ruler';
import Signpost from '@lucide/svelte/icons/signpost';
import Tag from '@lucide/svelte/icons/tags';
import Users from '@lucide/svelte/icons/users';
import type { IconType } from './parts/icon.ts';
import type { Place } from './state/route.ts';

type Load = () => Promise<{ default: Component }>;
/** The views that exist; a place without one says what it will answer. */
const views = import.meta.glob('./{data/Data,tags/Tags,segments/Segments,insights/Insights,decisions/Decisions,measure/Measure}.svelte') as Record<
  string,
  Load
>;
const path = (place: Place): string => `./${place}/${place[0]!.toUpperCase()}${place.slice(1)}.svelte`;

/** How to load a place's view, or null where it is still to come. */
export const viewOf = (place: Place): Load | null => views[path(place)] ?? null;

export const PLACE_ICONS: Record<Place, IconType> = {
  data: Database,
  tags: Tag,
  segments: Users,
  insights: Lightbulb,
  decisions: Signpost,
  measure: Ruler,
};
