import { z } from 'zod';

/** The number of a product: area code, CP, year, number in it. */
export const ProductNo = z.string().regex(/^\d{6}-CP-\d{4}-\d{6}$/);
