import { useState } from 'react';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogContentText from '@material-ui/core/DialogContentText';
import Typography from '@material-ui/core/Typography';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { useApi } from '@backstage/core-plugin-api';
import type { EntityRef, Product } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { refName } from '../../../hooks/refName';
import { useT } from '../../../hooks/useT';
import { ConfirmDialog } from '../../shared';
import { EditPlanDialog } from '../Plans/EditPlanDialog';
import { recordName } from '../recordName';
import { AddPlanDialog } from './AddPlanDialog';
import { PlanRows } from './PlanRows';
import { refsOf } from './productForm';

type Open = { dialog: 'add' } | { dialog: 'edit' | 'remove'; plan: EntityRef };

/** The plans of a product, as rows behind a click. */
export function ProductPlans(props: {
  product: Product;
  onChanged: (what: string) => void;
}) {
  const { product, onChanged } = props;
  const { title } = product;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const done = (what: string) => {
    close();
    onChanged(what);
  };
  const { plans } = refsOf(product);
  const editable = product.actions.includes('edit');
  const planTitle = (ref: EntityRef) =>
    product.plans.find(plan => plan.ref === ref)?.title ?? refName(ref);
  const setPlans = (refs: EntityRef[]) =>
    api.updateProduct(recordName(product), {
      revision: product.revision,
      plans: refs,
    });
  const count = t('adminProducts.plans.title', { count: plans.length });

  return (
    <>
      <Accordion variant="outlined" TransitionProps={{ unmountOnExit: true }}>
        <AccordionSummary
          expandIcon={<ExpandMoreIcon />}
          aria-label={t('adminProducts.plans.titleOf', {
            plans: count,
            name: title,
          })}
          id={`plans-${product.id}`}
          aria-controls={`plans-${product.id}-rows`}
        >
          {count}
        </AccordionSummary>
        <AccordionDetails id={`plans-${product.id}-rows`}>
          <Box width="100%" minWidth={0}>
            {plans.length === 0 ? (
              <Typography variant="body2" paragraph>
                {t('adminProducts.plans.empty')}
              </Typography>
            ) : (
              <PlanRows
                product={product}
                refs={plans}
                onEdit={plan => setOpen({ dialog: 'edit', plan })}
                onRemove={
                  editable
                    ? plan => setOpen({ dialog: 'remove', plan })
                    : undefined
                }
              />
            )}
            {editable && (
              <Button
                color="primary"
                aria-label={t('adminProducts.plans.addLabel', { name: title })}
                onClick={() => setOpen({ dialog: 'add' })}
              >
                {t('adminProducts.plans.add')}
              </Button>
            )}
          </Box>
        </AccordionDetails>
      </Accordion>
      {open?.dialog === 'add' && (
        <AddPlanDialog
          product={product}
          onAdd={async plan => {
            await setPlans([...plans, plan]);
          }}
          onAdded={plan =>
            done(t('adminProducts.plans.added', { plan, name: title }))
          }
          onClose={close}
        />
      )}
      {open?.dialog === 'edit' && (
        <EditPlanDialog
          planRef={open.plan}
          onSaved={plan => done(t('adminPlans.saved', { name: plan.title }))}
          onClose={close}
        />
      )}
      {open?.dialog === 'remove' && (
        <ConfirmDialog
          title={t('adminProducts.plans.removeTitle', {
            plan: planTitle(open.plan),
            name: title,
          })}
          confirm={t('adminProducts.plans.removeConfirm')}
          busy={t('adminProducts.plans.removing')}
          failed={t('adminProducts.plans.removeFailed')}
          onConfirm={async () => {
            await setPlans(plans.filter(ref => ref !== open.plan));
            done(
              t('adminProducts.plans.removed', {
                plan: planTitle(open.plan),
                name: title,
              }),
            );
          }}
          onClose={close}
        >
          <DialogContentText>
            {t('adminProducts.plans.removeExplain')}
          </DialogContentText>
        </ConfirmDialog>
      )}
    </>
  );
}
