import { Command } from 'commander';
import { addWhatIf } from './pricing/what-if.ts';

/** `gongshu pricing …`: prices (F1–F7) on this machine, offline. */
export const pricingCommand = (): Command => {
  const pricing = new Command('pricing').description(
    '价格试算 · prices of a period, by the code of the service',
  );
  addWhatIf(pricing);
  return pricing;
};
