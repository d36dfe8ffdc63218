import { useState } from 'react';
import Button from '@material-ui/core/Button';
import type {
  EntityRef,
  Plan,
  Product,
} from 'backstage-plugin-api-products-common';
import { refName } from '../../../hooks/refName';
import { useAction } from '../../../hooks/useAction';
import { useT } from '../../../hooks/useT';
import { FormDialog, Picker } from '../../shared';
import { PlanDialog } from '../Plans/PlanDialog';
import { usePlanChoices } from '../useChoices';
import { refsOf } from './productForm';

/** Adds a plan that exists, or makes one and adds it; should the adding fail, the new plan stays chosen. */
export function AddPlanDialog(props: {
  product: Product;
  onAdd: (plan: EntityRef) => Promise<void>;
  /** With the plan's title. */
  onAdded: (plan: string) => void;
  onClose: () => void;
}) {
  const { product, onAdd, onAdded, onClose } = props;
  const t = useT();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Plan>();
  const [chosen, setChosen] = useState<EntityRef[]>([]);
  const [refusals, setRefusals] = useState(0);
  const { plans, catalogues } = refsOf(product);
  const choices = usePlanChoices(product.provider);
  const titleOf = (ref: EntityRef) =>
    made?.ref === ref ? made.title : refName(ref);

  const add = useAction(async (ref: EntityRef, title: string) => {
    await onAdd(ref);
    onAdded(title);
  });

  if (making) {
    return (
      <PlanDialog
        defaults={{
          provider: product.provider,
          owner: product.owner,
          catalogues,
        }}
        onClose={() => setMaking(false)}
        onSaved={plan => {
          setMade(plan);
          setChosen([plan.ref]);
          setMaking(false);
          add.run(plan.ref, plan.title);
        }}
      />
    );
  }
  const [ref] = chosen;
  return (
    <FormDialog
      title={t('adminProducts.plans.addTitle', { name: product.title })}
      submit={t('adminProducts.plans.add')}
      submitting={t('adminProducts.plans.adding')}
      busy={add.busy}
      // A plan that was made here is kept whatever happens to this dialog.
      filled={ref !== undefined && made === undefined}
      problem={add.error}
      failed={t('adminProducts.plans.addFailed')}
      refusals={refusals}
      onSubmit={() => {
        if (ref) {
          add.run(ref, titleOf(ref));
        } else {
          setRefusals(refusals + 1);
        }
      }}
      onClose={onClose}
    >
      <Picker
        single
        label={t('adminProducts.plans.choose')}
        help={t('adminProducts.plans.chooseHelp')}
        choices={{
          ...choices,
          labelOf: titleOf,
          load: async (q, signal) =>
            (await choices.load(q, signal)).filter(
              ({ value }) => !plans.includes(value),
            ),
        }}
        value={chosen}
        disabled={add.busy}
        error={
          refusals > 0 && !ref
            ? t('adminProducts.plans.chooseMissing')
            : undefined
        }
        onChange={next => {
          setChosen(next);
          add.reset();
        }}
      />
      <Button disabled={add.busy} onClick={() => setMaking(true)}>
        {t('adminProducts.plans.make')}
      </Button>
    </FormDialog>
  );
}
