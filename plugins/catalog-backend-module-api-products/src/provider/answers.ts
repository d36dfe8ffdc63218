/** What the answers of the api-products backend must look like for the catalog to believe them. */
import { z } from 'zod';
import type { CatalogueRecord, PlanRecord, ProductRecord } from './records';

const text = z.string();
const texts = z.array(text);
const origin = z.enum(['catalog', 'portal', 'provider']);

const providerState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({ status: z.literal('pending') }),
  z.object({ status: z.literal('ready'), policyId: text }),
  z.object({ status: z.literal('failed'), message: text }),
]);

const record = {
  namespace: text,
  name: text,
  title: text,
  description: text.optional(),
  owner: text,
  origin,
};

export const productAnswer: z.ZodType<ProductRecord> = z.object({
  ...record,
  type: text,
  version: text.optional(),
  lifecycle: z.enum(['draft', 'active', 'deprecated', 'retired']),
  contact: text.optional(),
  system: text.optional(),
  provider: text.optional(),
  providerName: text.optional(),
  authentication: z
    .enum(['auth-token', 'jwt', 'basic', 'mtls', 'keyless'])
    .optional(),
  gatewayEndpoint: text.optional(),
  tags: texts,
  apis: z.array(
    z.object({
      ref: text.optional(),
      providerApiId: text.optional(),
      versions: texts.optional(),
      allowedUrls: z.array(z.object({ url: text, methods: texts })).optional(),
    }),
  ),
  refs: z.object({ plans: texts, catalogues: texts, approvers: texts }),
  content: text.optional(),
  guides: z.array(
    z.object({ title: text, content: text.optional(), url: text.optional() }),
  ),
  specs: z.array(z.object({ alias: text, definition: text })),
  links: z.array(z.object({ url: text, title: text.optional() })),
  terms: z.array(
    z.object({ name: text, version: text, url: text, required: z.boolean() }),
  ),
  visibility: z.object({
    comingSoon: z.boolean().optional(),
    comingSoonText: text.optional(),
    preview: z.boolean().optional(),
    featured: z.boolean().optional(),
    displayPriority: z.number().optional(),
    logo: text.optional(),
  }),
  dynamicClientRegistration: z
    .object({
      enabled: z.boolean(),
      identityProvider: text.optional(),
      scopes: texts,
    })
    .optional(),
  billing: z
    .object({
      productCode: text.optional(),
      paymentSource: text.optional(),
      paymentConfigurationId: text.optional(),
      meteringModels: texts,
      notifyOnInvoice: z.boolean(),
      notificationAddresses: texts,
      quotaThresholds: z.array(z.number()),
      notifyTrialExpiry: z.boolean(),
    })
    .optional(),
  external: z.record(text, z.union([text, texts])).optional(),
  sla: z
    .object({
      availability: z.number().optional(),
      latencyP95Ms: z.number().optional(),
      supportHours: text.optional(),
    })
    .optional(),
  providerState,
});

const limit = z.number();

export const planAnswer: z.ZodType<PlanRecord> = z.object({
  ...record,
  provider: text.optional(),
  providerName: text.optional(),
  rateLimit: z.union([
    z.literal('unlimited'),
    z.object({ requests: limit, per: limit }),
  ]),
  quota: z.union([
    z.literal('unlimited'),
    z.object({ requests: limit, per: text }),
  ]),
  keyLifetime: text,
  approval: z.object({ mode: z.enum(['auto', 'manual']) }),
  accessRequests: z.object({ allowance: limit, per: text }).optional(),
  credentials: z.object({
    max: limit,
    rotationOverlap: text,
    revealWithin: text,
  }),
  scopes: texts,
  credentialMetadata: z.record(text, text),
  refs: z.object({ catalogues: texts }),
  pricing: z.object({
    mode: z.enum(['free', 'fixed', 'metered']),
    label: text.optional(),
    description: text.optional(),
    currency: text.optional(),
    amount: text.optional(),
    period: z.enum(['month', 'year']).optional(),
    trial: text.optional(),
  }),
  displayPriority: limit,
  providerState,
});

export const catalogueAnswer: z.ZodType<CatalogueRecord> = z.object({
  ...record,
  visibility: z.enum(['public', 'private']),
  audience: texts.optional(),
});

/** One page of a list. */
export const pageAnswer = z.object({
  items: z.array(z.unknown()),
  pageInfo: z.object({ nextCursor: text.optional() }),
});

/** Entities that are to go. */
export const refsAnswer = z.object({ refs: texts });
