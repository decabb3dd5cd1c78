import type { FileFacts, Mapping } from '../../core/files.ts';

/** Roles whose text tells who somebody is. */
const PERSONAL_ROLES = new Set(['name', 'email', 'phone', 'birth_date', 'postcode']);

/** An id of a person as it stands while ids are hidden: its last two characters where there are enough others. */
export const maskId = (id: string): string => (id.length >= 6 ? `••••${id.slice(-2)}` : '••••');
export const MASKED = '••••';

/** Which columns of a file tell who somebody is, by position; `ids`: those of persons too. */
export function personalColumns(file: FileFacts, mapping: Mapping, ids: boolean): boolean[] {
  const of = mapping.files.find((f) => f.file === file.id);
  const hidden = (column: string): boolean => {
    const role = of?.columns.find((c) => c.column === column)?.role;
    // A products file has names too, of things.
    if (role === 'name') return of!.tables.includes('users') && !of!.tables.includes('products');
    return (
      (role !== undefined && role !== null && PERSONAL_ROLES.has(role)) ||
      (ids && (role === 'user_id' || role === 'other_id' || role === 'referrer_id'))
    );
  };
  return file.columns.map((c) => hidden(c.name));
}
