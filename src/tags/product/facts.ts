import type { Role } from '../../core/roles.ts';
import type { TagDef, TagMaker } from '../define.ts';
import { defineTag } from '../define.ts';

const base = { entity: 'product', dimension: 'product', kind: 'static', unit: '', nullRule: 'Unknown where the file leaves it empty.' } as const;
const asFiled = (id: Role, title: string, description: string): TagDef =>
  defineTag({ ...base, id, title, description, type: 'enum', needs: [`products.${id}`], plan: { kind: 'attribute', of: `t.${id}` } });

/** category_1, category_2 …: one tag per level of the category path, where there is more than one. */
const levels: TagMaker = ({ probe }) =>
  probe.levels < 2
    ? []
    : Array.from({ length: Math.min(probe.levels, 6) }, (_, i) =>
        defineTag({
          ...base,
          id: `category_${i + 1}`,
          title: `Category, level ${i + 1}`,
          description: `Level ${i + 1} of the category path, with the levels above it.`,
          type: 'enum',
          needs: ['products.category'],
          plan: {
            kind: 'attribute',
            of: `CASE WHEN len(string_split(t.category, '/')) >= ${i + 1} THEN array_to_string(string_split(t.category, '/')[1:${i + 1}], '/') END`,
          },
          nullRule: 'Unknown where the path has fewer levels.',
        }),
      );

export const factTags: (TagDef | TagMaker)[] = [
  defineTag({
    ...base,
    id: 'name',
    title: 'Name',
    description: 'The name of the product.',
    type: 'text',
    needs: ['products.name'],
    plan: { kind: 'attribute', of: 't.name' },
  }),
  asFiled('category', 'Category', 'The category of the product, with all its levels.'),
  levels,
  asFiled('brand', 'Brand', 'The brand or maker.'),
  asFiled('style', 'Style', 'The style or design.'),
  asFiled('risk_level', 'Risk level', 'The risk class of a financial product.'),
  defineTag({
    ...base,
    id: 'cost',
    title: 'Cost',
    description: 'What a piece costs you.',
    dimension: 'price',
    type: 'money',
    unit: 'money',
    needs: ['products.cost'],
    plan: { kind: 'attribute', of: 't.cost' },
    bands: 'quantiles',
  }),
  defineTag({
    ...base,
    id: 'launched_at',
    title: 'Launched',
    description: 'When the product went on sale.',
    type: 'date',
    needs: ['products.launched_at'],
    plan: { kind: 'attribute', of: 't.launched_at' },
  }),
];
