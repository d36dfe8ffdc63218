/** Generated from openapi.yaml by `yarn openapi`: change that file instead. */

export const answers = {
  components: {
    schemas: {
      ProductPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Product' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      PlanPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Plan' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      CataloguePage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Catalogue' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      EntityRefs: {
        type: 'object',
        additionalProperties: false,
        required: ['refs'],
        properties: {
          refs: {
            type: 'array',
            maxItems: 1000,
            items: { type: 'string', minLength: 1, maxLength: 255 },
          },
        },
      },
      CatalogRecordList: {
        type: 'object',
        description:
          'Records that do not come from Git, each with a version that changes with what its entity shows.',
        additionalProperties: false,
        required: ['fingerprint'],
        properties: {
          fingerprint: { type: 'string', description: 'Of all of them.' },
          records: {
            type: 'array',
            description:
              'Absent where nothing has changed since the answer with the fingerprint that was sent.',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['ref', 'version'],
              properties: {
                ref: { type: 'string' },
                version: { type: 'string' },
              },
            },
          },
        },
      },
      Product: {
        type: 'object',
        description: 'A product as the REST API shows it.',
        additionalProperties: false,
        required: [
          'id',
          'revision',
          'ref',
          'namespace',
          'name',
          'title',
          'type',
          'lifecycle',
          'owner',
          'approvers',
          'tags',
          'catalogues',
          'apis',
          'plans',
          'guides',
          'specs',
          'links',
          'terms',
          'visibility',
          'origin',
          'providerState',
          'actions',
          'createdAt',
          'updatedAt',
        ],
        properties: {
          id: { type: 'string' },
          revision: { type: 'integer' },
          ref: {
            type: 'string',
            description: '`apiproduct:<namespace>/<name>`.',
          },
          namespace: { type: 'string' },
          name: { type: 'string' },
          title: { type: 'string' },
          description: { type: 'string' },
          type: { type: 'string' },
          version: { type: 'string' },
          lifecycle: { $ref: '#/components/schemas/ProductLifecycle' },
          owner: { type: 'string' },
          approvers: { type: 'array', items: { type: 'string' } },
          system: { type: 'string' },
          provider: {
            type: 'string',
            description:
              'Provider id; absent for a documentation-only product.',
          },
          authentication: { $ref: '#/components/schemas/Authentication' },
          gatewayEndpoint: { type: 'string' },
          tags: { type: 'array', items: { type: 'string' } },
          catalogues: { type: 'array', items: { type: 'string' } },
          apis: {
            type: 'array',
            items: { $ref: '#/components/schemas/ProductApi' },
          },
          plans: {
            type: 'array',
            items: { $ref: '#/components/schemas/PlanSummary' },
          },
          content: { type: 'string', description: 'Markdown; not in lists.' },
          guides: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['title'],
              properties: {
                title: { type: 'string' },
                content: { type: 'string' },
                url: { type: 'string' },
              },
            },
          },
          links: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['url'],
              properties: {
                url: { type: 'string' },
                title: { type: 'string' },
              },
            },
          },
          specs: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['alias', 'definition'],
              properties: {
                alias: { type: 'string' },
                definition: { type: 'string' },
              },
            },
            description: 'Not in lists.',
          },
          contact: { type: 'string', description: 'The person to talk to.' },
          providerName: {
            type: 'string',
            description: 'Name at the provider, where it is not the title.',
          },
          dynamicClientRegistration: {
            type: 'object',
            additionalProperties: false,
            required: ['enabled', 'scopes'],
            properties: {
              enabled: { type: 'boolean' },
              identityProvider: { type: 'string' },
              scopes: { type: 'array', items: { type: 'string' } },
            },
          },
          billing: {
            type: 'object',
            additionalProperties: false,
            required: [
              'meteringModels',
              'notifyOnInvoice',
              'notificationAddresses',
              'quotaThresholds',
              'notifyTrialExpiry',
            ],
            properties: {
              productCode: { type: 'string' },
              paymentSource: { type: 'string' },
              paymentConfigurationId: { type: 'string' },
              meteringModels: { type: 'array', items: { type: 'string' } },
              notifyOnInvoice: { type: 'boolean' },
              notificationAddresses: {
                type: 'array',
                items: { type: 'string' },
              },
              quotaThresholds: { type: 'array', items: { type: 'number' } },
              notifyTrialExpiry: { type: 'boolean' },
            },
            description: 'Only for those who decide about the product.',
          },
          external: {
            type: 'object',
            additionalProperties: {
              oneOf: [
                { type: 'string' },
                { type: 'array', items: { type: 'string' } },
              ],
            },
            description: 'Ids of other systems, shown as they are.',
          },
          terms: {
            type: 'array',
            items: { $ref: '#/components/schemas/Terms' },
          },
          visibility: { $ref: '#/components/schemas/ProductVisibility' },
          sla: {
            type: 'object',
            additionalProperties: false,
            required: [],
            properties: {
              availability: { type: 'number' },
              latencyP95Ms: { type: 'number' },
              supportHours: { type: 'string' },
            },
          },
          origin: {
            type: 'string',
            enum: ['catalog', 'portal', 'provider'],
            description:
              'Who owns a record: Git, the portal, or the provider it was imported from.',
          },
          editUrl: {
            type: 'string',
            description: 'Where a product that is managed in Git is edited.',
          },
          hiddenSince: {
            type: 'string',
            format: 'date-time',
            description:
              'Since when the record is gone from Git or the provider; only those who decide about it still see it.',
          },
          providerState: { $ref: '#/components/schemas/ProviderState' },
          findings: {
            type: 'array',
            items: { type: 'string' },
            description:
              'What of its entity is not done, and why; only for those who decide about it.',
          },
          refs: {
            type: 'object',
            additionalProperties: false,
            required: ['plans', 'catalogues', 'approvers'],
            properties: {
              plans: { type: 'array', items: { type: 'string' } },
              catalogues: { type: 'array', items: { type: 'string' } },
              approvers: {
                type: 'array',
                items: { type: 'string' },
                description: 'Without the owner.',
              },
            },
            description:
              'References as the product says them; only for those who may edit it.',
          },
          myAccess: { $ref: '#/components/schemas/MyAccess' },
          actions: {
            type: 'array',
            items: {
              type: 'string',
              enum: ['request-access', 'edit', 'delete', 'see-requests'],
              description: 'What the caller may do with a product now.',
            },
          },
          createdAt: { type: 'string', format: 'date-time' },
          updatedAt: { type: 'string', format: 'date-time' },
        },
      },
      PageInfo: {
        type: 'object',
        additionalProperties: false,
        properties: {
          nextCursor: { type: 'string' },
          prevCursor: { type: 'string' },
        },
      },
      Plan: {
        type: 'object',
        description: 'A plan as the REST API shows it.',
        additionalProperties: false,
        required: [
          'id',
          'revision',
          'namespace',
          'name',
          'ref',
          'title',
          'rateLimit',
          'quota',
          'keyLifetime',
          'approval',
          'pricing',
          'displayPriority',
          'owner',
          'credentials',
          'scopes',
          'credentialMetadata',
          'catalogues',
          'actions',
          'origin',
          'providerState',
          'createdAt',
          'updatedAt',
        ],
        properties: {
          id: { type: 'string' },
          revision: { type: 'integer' },
          namespace: { type: 'string' },
          name: { type: 'string' },
          ref: { type: 'string' },
          title: { type: 'string' },
          description: { type: 'string' },
          rateLimit: { $ref: '#/components/schemas/RateLimit' },
          quota: { $ref: '#/components/schemas/Quota' },
          keyLifetime: {
            type: 'string',
            description: 'An ISO 8601 duration, or `never`.',
          },
          approval: {
            type: 'object',
            additionalProperties: false,
            required: ['mode'],
            properties: { mode: { type: 'string', enum: ['auto', 'manual'] } },
          },
          pricing: { $ref: '#/components/schemas/Pricing' },
          displayPriority: { type: 'number' },
          keysDelayed: {
            type: 'boolean',
            enum: [true],
            description:
              'It, or the product it is seen beside, is not at its provider: keys come when that has been put right.',
          },
          owner: { type: 'string' },
          provider: { type: 'string' },
          accessRequests: {
            type: 'object',
            additionalProperties: false,
            required: ['allowance', 'per'],
            properties: {
              allowance: { type: 'integer' },
              per: { type: 'string' },
            },
          },
          credentials: {
            type: 'object',
            additionalProperties: false,
            required: ['max', 'rotationOverlap', 'revealWithin'],
            properties: {
              max: { type: 'integer' },
              rotationOverlap: { type: 'string' },
              revealWithin: { type: 'string' },
              renewWithin: { type: 'string' },
            },
          },
          scopes: { type: 'array', items: { type: 'string' } },
          credentialMetadata: {
            type: 'object',
            additionalProperties: { type: 'string' },
          },
          providerName: { type: 'string' },
          catalogues: { type: 'array', items: { type: 'string' } },
          refs: {
            type: 'object',
            additionalProperties: false,
            required: ['catalogues'],
            properties: {
              catalogues: { type: 'array', items: { type: 'string' } },
            },
            description:
              'References as the plan says them; only for those who may edit it.',
          },
          actions: { $ref: '#/components/schemas/RecordActions' },
          origin: {
            type: 'string',
            enum: ['catalog', 'portal', 'provider'],
            description:
              'Who owns a record: Git, the portal, or the provider it was imported from.',
          },
          editUrl: { type: 'string' },
          hiddenSince: {
            type: 'string',
            format: 'date-time',
            description:
              'Since when the record is gone from Git or the provider; only those who decide about it still see it.',
          },
          providerState: { $ref: '#/components/schemas/ProviderState' },
          findings: {
            type: 'array',
            items: { type: 'string' },
            description:
              'What of its entity is not done, and why; only for those who decide about it.',
          },
          createdAt: { type: 'string', format: 'date-time' },
          updatedAt: { type: 'string', format: 'date-time' },
        },
      },
      Catalogue: {
        type: 'object',
        description: 'A catalogue as the REST API shows it.',
        additionalProperties: false,
        required: [
          'id',
          'revision',
          'ref',
          'namespace',
          'name',
          'title',
          'owner',
          'visibility',
          'actions',
          'origin',
          'createdAt',
          'updatedAt',
        ],
        properties: {
          id: { type: 'string' },
          revision: { type: 'integer' },
          ref: { type: 'string' },
          namespace: { type: 'string' },
          name: { type: 'string' },
          title: { type: 'string' },
          description: { type: 'string' },
          owner: { type: 'string' },
          visibility: { type: 'string', enum: ['public', 'private'] },
          audience: {
            type: 'array',
            items: { type: 'string' },
            description: "Only for platform owners and the catalogue's owner.",
          },
          publishers: {
            type: 'array',
            items: { type: 'string' },
            description:
              'As the audience; absent where the catalogue names none.',
          },
          actions: {
            type: 'array',
            items: { type: 'string', enum: ['edit', 'delete', 'list'] },
            description: '`list`: put products and plans into it.',
          },
          origin: {
            type: 'string',
            enum: ['catalog', 'portal', 'provider'],
            description:
              'Who owns a record: Git, the portal, or the provider it was imported from.',
          },
          createdAt: { type: 'string', format: 'date-time' },
          updatedAt: { type: 'string', format: 'date-time' },
        },
      },
      ProductLifecycle: {
        type: 'string',
        enum: ['draft', 'active', 'deprecated', 'retired'],
        description:
          'Where a product is in its life. Only `active` and `deprecated` products are seen by developers.',
      },
      Authentication: {
        type: 'string',
        enum: ['auth-token', 'jwt', 'basic', 'mtls', 'keyless'],
        description: 'How an API wants its caller to prove who it is.',
      },
      ProductApi: {
        type: 'object',
        description: 'An API of a product, and where its provider keeps it.',
        additionalProperties: false,
        properties: {
          ref: {
            type: 'string',
            description:
              'The catalog API entity; absent as long as an API of the provider has none. One of this and the id is there.',
          },
          title: { type: 'string' },
          providerApiId: {
            type: 'string',
            description:
              "The provider's id of the API; absent as long as it could not be resolved.",
          },
          versions: { type: 'array', items: { type: 'string' } },
          allowedUrls: {
            type: 'array',
            items: {
              type: 'object',
              description:
                'A path of an API that the product opens; without any, the whole API is open.',
              additionalProperties: false,
              required: ['url', 'methods'],
              properties: {
                url: {
                  type: 'string',
                  description: 'Regular expression over the path.',
                },
                methods: { type: 'array', items: { type: 'string' } },
              },
            },
          },
        },
      },
      PlanSummary: {
        type: 'object',
        description:
          'A plan as seen beside one product: only plans the caller can combine with it.',
        additionalProperties: false,
        required: [
          'ref',
          'title',
          'rateLimit',
          'quota',
          'keyLifetime',
          'approval',
          'pricing',
          'displayPriority',
        ],
        properties: {
          ref: { type: 'string' },
          title: { type: 'string' },
          description: { type: 'string' },
          rateLimit: { $ref: '#/components/schemas/RateLimit' },
          quota: { $ref: '#/components/schemas/Quota' },
          keyLifetime: {
            type: 'string',
            description: 'An ISO 8601 duration, or `never`.',
          },
          approval: {
            type: 'object',
            additionalProperties: false,
            required: ['mode'],
            properties: { mode: { type: 'string', enum: ['auto', 'manual'] } },
          },
          pricing: { $ref: '#/components/schemas/Pricing' },
          displayPriority: { type: 'number' },
          keysDelayed: {
            type: 'boolean',
            enum: [true],
            description:
              'It, or the product it is seen beside, is not at its provider: keys come when that has been put right.',
          },
        },
      },
      Terms: {
        type: 'object',
        description: 'A text the consumer accepts when asking for access.',
        additionalProperties: false,
        required: ['name', 'version', 'url', 'required'],
        properties: {
          name: { type: 'string' },
          version: { type: 'string' },
          url: { type: 'string' },
          required: { type: 'boolean' },
        },
      },
      ProductVisibility: {
        type: 'object',
        description:
          'How a product is presented before and beside its lifecycle.',
        additionalProperties: false,
        properties: {
          comingSoon: { type: 'boolean' },
          comingSoonText: { type: 'string' },
          preview: { type: 'boolean' },
          featured: { type: 'boolean' },
          displayPriority: { type: 'number' },
          logo: { type: 'string' },
        },
      },
      ProviderState: {
        description: 'What the provider knows of a product or a plan.',
        discriminator: { propertyName: 'status' },
        oneOf: [
          {
            type: 'object',
            additionalProperties: false,
            required: ['status'],
            properties: { status: { type: 'string', enum: ['none'] } },
          },
          {
            type: 'object',
            additionalProperties: false,
            required: ['status'],
            properties: { status: { type: 'string', enum: ['pending'] } },
          },
          {
            type: 'object',
            additionalProperties: false,
            required: ['status', 'policyId'],
            properties: {
              status: { type: 'string', enum: ['ready'] },
              policyId: { type: 'string' },
            },
          },
          {
            type: 'object',
            additionalProperties: false,
            required: ['status', 'message'],
            properties: {
              status: { type: 'string', enum: ['failed'] },
              message: { type: 'string' },
            },
          },
        ],
      },
      MyAccess: {
        type: 'object',
        description: 'What the caller already has of a product.',
        additionalProperties: false,
        required: ['status', 'plan'],
        properties: {
          status: { type: 'string', enum: ['pending', 'subscribed'] },
          plan: {
            type: 'string',
            description: 'Title of the plan asked for or held.',
          },
        },
      },
      RateLimit: {
        description: 'At most `requests` calls in any `per` seconds.',
        oneOf: [
          { type: 'string', enum: ['unlimited'] },
          {
            type: 'object',
            additionalProperties: false,
            required: ['requests', 'per'],
            properties: {
              requests: { type: 'integer' },
              per: { type: 'number', description: 'Seconds.' },
            },
          },
        ],
      },
      Quota: {
        description:
          'At most `requests` calls in a period: an ISO duration, or the calendar month (UTC).',
        oneOf: [
          { type: 'string', enum: ['unlimited'] },
          {
            type: 'object',
            additionalProperties: false,
            required: ['requests', 'per'],
            properties: {
              requests: { type: 'integer' },
              per: {
                type: 'string',
                description: 'An ISO 8601 duration, or `month`.',
              },
            },
          },
        ],
      },
      Pricing: {
        type: 'object',
        description: 'What a plan costs.',
        additionalProperties: false,
        required: ['mode'],
        properties: {
          mode: { type: 'string', enum: ['free', 'fixed', 'metered'] },
          label: {
            type: 'string',
            description: 'What people read, e.g. `$49/month`.',
          },
          description: { type: 'string' },
          currency: { type: 'string', description: 'ISO 4217.' },
          amount: { type: 'string' },
          period: { type: 'string', enum: ['month', 'year'] },
          trial: { type: 'string' },
        },
      },
      RecordActions: {
        type: 'array',
        items: { type: 'string', enum: ['edit', 'delete'] },
      },
    },
  },
};
