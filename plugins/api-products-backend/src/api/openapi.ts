/** Generated from openapi.yaml by `yarn openapi`: change that file instead. */

/** The REST API. */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'API Products',
    version: '0.1.0',
    description:
      'Products and plans, access requests, subscriptions and credentials. Times are ISO 8601 in UTC, durations ISO 8601, entity refs `kind:namespace/name` in lower case; short refs are completed with the default kind and the namespace `default`. Lists count their items up to 1 000: where there are more, `totalItems` is 1 000 and `totalIsAtLeast` is true. Words to search for (`q`) find words that begin with them, whatever their case.',
    license: {
      name: 'Apache-2.0',
      url: 'https://www.apache.org/licenses/LICENSE-2.0.html',
    },
  },
  servers: [{ url: '/' }],
  tags: [
    { name: 'catalogue' },
    { name: 'access' },
    { name: 'credentials' },
    { name: 'operation' },
  ],
  paths: {
    '/products': {
      get: {
        operationId: 'ListProducts',
        tags: ['catalogue'],
        summary:
          'Products the caller sees, with the plans they can combine them with',
        parameters: [
          { $ref: '#/components/parameters/q' },
          { $ref: '#/components/parameters/catalogue' },
          { $ref: '#/components/parameters/owner' },
          { $ref: '#/components/parameters/tag' },
          { $ref: '#/components/parameters/productLifecycle' },
          { $ref: '#/components/parameters/billing' },
          { $ref: '#/components/parameters/auth' },
          { $ref: '#/components/parameters/origin' },
          { $ref: '#/components/parameters/productOrder' },
          { $ref: '#/components/parameters/providerOne' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ProductPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'CreateProduct',
        tags: ['catalogue'],
        summary: 'Makes a product in the portal',
        description:
          'For platform owners and members of the owner. An API is put into a product by who owns its entity in the catalog, or by a platform owner.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/NewProduct' },
            },
          },
        },
        responses: {
          '201': {
            description: 'Made',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Product' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/product-cards': {
      get: {
        operationId: 'ListProductCards',
        tags: ['catalogue'],
        summary:
          'The same products in the same order, each with what a card in the marketplace shows and no more',
        parameters: [
          { $ref: '#/components/parameters/q' },
          { $ref: '#/components/parameters/catalogue' },
          { $ref: '#/components/parameters/owner' },
          { $ref: '#/components/parameters/tag' },
          { $ref: '#/components/parameters/productLifecycle' },
          { $ref: '#/components/parameters/billing' },
          { $ref: '#/components/parameters/auth' },
          { $ref: '#/components/parameters/origin' },
          { $ref: '#/components/parameters/productOrder' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ProductCardPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/product-facets': {
      get: {
        operationId: 'ListProductFacets',
        tags: ['catalogue'],
        summary: 'What products can be narrowed by',
        description:
          'Catalogues, owners and tags of the products that the caller sees, the first twenty of each; with `q`, the first twenty that are called like that.',
        parameters: [{ $ref: '#/components/parameters/facetText' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ProductFacets' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/products/{namespace}/{name}': {
      get: {
        operationId: 'GetProduct',
        tags: ['catalogue'],
        summary: 'One product',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Product' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      patch: {
        operationId: 'UpdateProduct',
        tags: ['catalogue'],
        summary: 'Changes a product that is not managed in Git',
        description:
          'Every field that is sent replaces the whole field; null takes it away. `revision` is the one that was looked at; 409 if there is a newer one.',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ProductPatch' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Product' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      delete: {
        operationId: 'DeleteProduct',
        tags: ['catalogue'],
        summary: 'Deletes a product that nobody is subscribed to',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/confirm' },
        ],
        responses: {
          '204': { description: 'Deleted' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/products/{namespace}/{name}/deletion': {
      get: {
        operationId: 'GetProductDeletion',
        tags: ['catalogue'],
        summary: 'Who would lose what if the product were deleted',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DeletionImpact' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/products/{namespace}/{name}/definitions/{providerApiId}': {
      get: {
        operationId: 'GetProductDefinition',
        tags: ['catalogue'],
        summary:
          'The public definition of an API of the product, as its provider exports it',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/providerApiId' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: {
                    $ref: '#/components/schemas/JsonValue',
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/plans': {
      get: {
        operationId: 'ListPlans',
        tags: ['catalogue'],
        summary: 'Plans the caller sees',
        parameters: [
          { $ref: '#/components/parameters/q' },
          { $ref: '#/components/parameters/catalogue' },
          { $ref: '#/components/parameters/owner' },
          { $ref: '#/components/parameters/billing' },
          { $ref: '#/components/parameters/origin' },
          { $ref: '#/components/parameters/providerOne' },
          { $ref: '#/components/parameters/unlisted' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PlanPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'CreatePlan',
        tags: ['catalogue'],
        summary: 'Makes a plan in the portal',
        description: 'For platform owners and members of the owner.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/NewPlan' },
            },
          },
        },
        responses: {
          '201': {
            description: 'Made',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Plan' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/plans/{namespace}/{name}': {
      get: {
        operationId: 'GetPlan',
        tags: ['catalogue'],
        summary: 'One plan',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Plan' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      patch: {
        operationId: 'UpdatePlan',
        tags: ['catalogue'],
        summary: 'Changes a plan that is not managed in Git',
        description:
          'Every field that is sent replaces the whole field; null takes it away. `revision` is the one that was looked at; 409 if there is a newer one.',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/PlanPatch' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Plan' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      delete: {
        operationId: 'DeletePlan',
        tags: ['catalogue'],
        summary: 'Deletes a plan that nobody is subscribed on',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/confirm' },
        ],
        responses: {
          '204': { description: 'Deleted' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/plans/{namespace}/{name}/deletion': {
      get: {
        operationId: 'GetPlanDeletion',
        tags: ['catalogue'],
        summary: 'Who would lose what if the plan were deleted',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DeletionImpact' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/catalogues': {
      get: {
        operationId: 'ListCatalogues',
        tags: ['catalogue'],
        summary: 'Catalogues the caller sees',
        parameters: [
          { $ref: '#/components/parameters/q' },
          { $ref: '#/components/parameters/owner' },
          { $ref: '#/components/parameters/origin' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/CataloguePage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'CreateCatalogue',
        tags: ['catalogue'],
        summary: 'Makes a catalogue in the portal',
        description: 'For platform owners and members of the owner.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/NewCatalogue' },
            },
          },
        },
        responses: {
          '201': {
            description: 'Made',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Catalogue' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/catalogues/{namespace}/{name}': {
      get: {
        operationId: 'GetCatalogue',
        tags: ['catalogue'],
        summary: 'One catalogue',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Catalogue' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      patch: {
        operationId: 'UpdateCatalogue',
        tags: ['catalogue'],
        summary: 'Changes a catalogue that is not managed in Git',
        description:
          'Every field that is sent replaces the whole field; null takes it away. `revision` is the one that was looked at; 409 if there is a newer one.',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/CataloguePatch' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Catalogue' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      delete: {
        operationId: 'DeleteCatalogue',
        tags: ['catalogue'],
        summary: 'Deletes a catalogue; keys go on working',
        parameters: [
          { $ref: '#/components/parameters/namespace' },
          { $ref: '#/components/parameters/name' },
          { $ref: '#/components/parameters/confirm' },
        ],
        responses: {
          '204': { description: 'Deleted' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/applications': {
      get: {
        operationId: 'ListApplications',
        tags: ['access'],
        summary: 'Applications of the caller and their groups',
        parameters: [
          { $ref: '#/components/parameters/q' },
          { $ref: '#/components/parameters/ownerOne' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ApplicationPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'CreateApplication',
        tags: ['access'],
        summary: 'Makes an application',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/NewApplication' },
            },
          },
        },
        responses: {
          '201': {
            description: 'Made',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Application' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/applications/{id}': {
      get: {
        operationId: 'GetApplication',
        tags: ['access'],
        summary: 'One application',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Application' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      patch: {
        operationId: 'UpdateApplication',
        tags: ['access'],
        summary: 'Changes an application',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ApplicationChange' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Application' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      delete: {
        operationId: 'DeleteApplication',
        tags: ['access'],
        summary: 'Deletes an application without live subscriptions',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '204': { description: 'Deleted' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/access-requests': {
      get: {
        operationId: 'ListAccessRequests',
        tags: ['access'],
        summary: 'Access requests of the caller, or those they decide about',
        description:
          "The newest first; those that wait for the caller's decision (as=approver&status=pending) the oldest first.",
        parameters: [
          { $ref: '#/components/parameters/requestStatus' },
          { $ref: '#/components/parameters/asRequester' },
          { $ref: '#/components/parameters/current' },
          { $ref: '#/components/parameters/product' },
          { $ref: '#/components/parameters/plan' },
          { $ref: '#/components/parameters/application' },
          { $ref: '#/components/parameters/requester' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AccessRequestPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'CreateAccessRequest',
        tags: ['access'],
        summary: 'Asks for a product on a plan for an application',
        parameters: [{ $ref: '#/components/parameters/idempotencyKey' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/NewAccessRequest' },
            },
          },
        },
        responses: {
          '201': {
            description: 'Asked for; approved already where the plan says so',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AccessRequest' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/access-requests/decide': {
      post: {
        operationId: 'DecideAccessRequests',
        tags: ['access'],
        summary: 'Approves and rejects up to 100 pending access requests',
        description:
          'Each by the rules of a single decision. One that is refused changes nothing of the others; its result says what a single decision would have been answered with.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Decisions' },
            },
          },
        },
        responses: {
          '200': {
            description: 'What became of each',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DecisionResults' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/access-requests/{id}': {
      get: {
        operationId: 'GetAccessRequest',
        tags: ['access'],
        summary: 'One access request',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AccessRequest' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      patch: {
        operationId: 'UpdateAccessRequest',
        tags: ['access'],
        summary: 'Edits a pending access request',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/AccessRequestChange' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AccessRequest' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/access-requests/{id}/approve': {
      post: {
        operationId: 'ApproveAccessRequest',
        tags: ['access'],
        summary: 'Approves a pending access request',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Approval' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AccessRequest' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/access-requests/{id}/reject': {
      post: {
        operationId: 'RejectAccessRequest',
        tags: ['access'],
        summary: 'Rejects a pending access request',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Rejection' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AccessRequest' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/access-requests/{id}/cancel': {
      post: {
        operationId: 'CancelAccessRequest',
        tags: ['access'],
        summary: 'Withdraws a pending access request',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Cancellation' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AccessRequest' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/subscriptions': {
      get: {
        operationId: 'ListSubscriptions',
        tags: ['access'],
        summary:
          'Subscriptions of the caller, or those to products they decide about',
        parameters: [
          { $ref: '#/components/parameters/applicationWords' },
          { $ref: '#/components/parameters/subscriptionStatus' },
          { $ref: '#/components/parameters/asConsumer' },
          { $ref: '#/components/parameters/product' },
          { $ref: '#/components/parameters/plan' },
          { $ref: '#/components/parameters/application' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/SubscriptionPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/subscriptions/{id}': {
      get: {
        operationId: 'GetSubscription',
        tags: ['access'],
        summary: 'One subscription',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Subscription' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/subscriptions/{id}/revoke': {
      post: {
        operationId: 'RevokeSubscription',
        tags: ['access'],
        summary: 'Revokes every credential of a subscription',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Revocation' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Subscription' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/subscriptions/{id}/suspend': {
      post: {
        operationId: 'SuspendSubscription',
        tags: ['access'],
        summary:
          'Has every credential of a subscription refused until it is resumed',
        description:
          'For who decides about a product of it. It is `suspended` when the gateway is known to refuse its keys; what they have used of their quota stays used.',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/NewSuspension' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Subscription' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/subscriptions/{id}/resume': {
      post: {
        operationId: 'ResumeSubscription',
        tags: ['access'],
        summary:
          'Has the credentials of a suspended subscription accepted again',
        description:
          'It is `active` when the gateway is known to accept its keys.',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Resumption' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Subscription' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/subscriptions/{id}/change-plan': {
      post: {
        operationId: 'ChangePlan',
        tags: ['access'],
        summary: 'Asks for another plan for a subscription',
        description:
          'Its keys stay the same, and what they have used of their quota stays used. The plan it has works until the other one is decided and the gateway is known to have it.',
        parameters: [
          { $ref: '#/components/parameters/id' },
          { $ref: '#/components/parameters/idempotencyKey' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/PlanChange' },
            },
          },
        },
        responses: {
          '201': {
            description: 'Created',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/AccessRequest' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/subscriptions/{id}/withdraw-plan-change': {
      post: {
        operationId: 'WithdrawPlanChange',
        tags: ['access'],
        summary:
          'Keeps the plan that a subscription has, as long as it has not moved to the other one',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Subscription' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/subscriptions/{id}/renew': {
      post: {
        operationId: 'RenewSubscription',
        tags: ['subscriptions'],
        summary:
          'Makes a new key for an expired subscription, without a new approval, as long as its plan allows that',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Subscription' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/subscriptions/{id}/retry': {
      post: {
        operationId: 'RetrySubscription',
        tags: ['access'],
        summary: 'Tries a failed provisioning again',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Subscription' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/subscriptions/{id}/credentials': {
      get: {
        operationId: 'ListCredentials',
        tags: ['credentials'],
        summary: 'Credentials of a subscription',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/CredentialPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'IssueCredential',
        tags: ['credentials'],
        summary: 'Issues one more credential, or a new one for a lost secret',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/NewCredential' },
            },
          },
        },
        responses: {
          '201': {
            description: 'Being made',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Credential' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/credentials/{id}/reveal': {
      post: {
        operationId: 'RevealCredential',
        tags: ['credentials'],
        summary: 'Shows the secret, once',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RevealedSecret' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/credentials/{id}/revoke': {
      post: {
        operationId: 'RevokeCredential',
        tags: ['credentials'],
        summary:
          'Revokes a credential; it is revoked when the gateway is known to refuse it',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Revocation' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Credential' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/credentials/{id}/rotate': {
      post: {
        operationId: 'RotateCredential',
        tags: ['credentials'],
        summary:
          'Makes another key; this one goes on for an overlap after the gateway has taken the new one',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/CredentialRotation' },
            },
          },
        },
        responses: {
          '201': {
            description: 'The new credential, being made',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Credential' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/credentials/{id}/cut-off': {
      post: {
        operationId: 'CutOffCredential',
        tags: ['credentials'],
        summary:
          'Revokes a superseded credential now, before its overlap is over',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Credential' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/credentials/{id}/extend': {
      post: {
        operationId: 'ExtendCredential',
        tags: ['credentials'],
        summary: 'Lets a superseded credential go on for longer, once',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/CredentialExtension' },
            },
          },
        },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Credential' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/credentials/{id}/cancel-rotation': {
      post: {
        operationId: 'CancelRotation',
        tags: ['credentials'],
        summary:
          'Keeps a superseded credential, and revokes the one that has taken its place',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'The credential that is kept',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Credential' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/providers': {
      get: {
        operationId: 'ListProviders',
        tags: ['operation'],
        summary: 'Providers and their health, for platform owners',
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ProviderPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/providers/{id}': {
      get: {
        operationId: 'GetProvider',
        tags: ['operation'],
        summary: 'One provider',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Provider' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/providers/{id}/apis': {
      get: {
        operationId: 'ListProviderApis',
        tags: ['operation'],
        summary: 'APIs of a provider, asked for now',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ProviderApiPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/providers/{id}/apis/decide': {
      post: {
        operationId: 'DecideProviderApi',
        tags: ['operation'],
        summary:
          'Whose an API is, or that a product may open it or not any longer; for platform owners',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ApiDecision' },
            },
          },
        },
        responses: {
          '200': {
            description: 'It is so now',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['api'],
                  properties: { api: { type: 'string' } },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/providers/{id}/sync': {
      post: {
        operationId: 'SyncProvider',
        tags: ['operation'],
        summary:
          'Begins a synchronisation with a provider, or answers with the one that is under way',
        parameters: [{ $ref: '#/components/parameters/id' }],
        requestBody: {
          required: false,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/SyncRequest' },
            },
          },
        },
        responses: {
          '202': {
            description: 'It runs',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['run'],
                  properties: { run: { $ref: '#/components/schemas/SyncRun' } },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/providers/{id}/sync-runs': {
      get: {
        operationId: 'ListSyncRuns',
        tags: ['operation'],
        summary: 'The last synchronisations with a provider, the latest first',
        parameters: [
          { $ref: '#/components/parameters/id' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/SyncRunPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/providers/{id}/drift': {
      get: {
        operationId: 'ListDrift',
        tags: ['operation'],
        summary:
          'Differences between the portal and a provider, the latest first, for platform owners',
        parameters: [
          { $ref: '#/components/parameters/id' },
          { $ref: '#/components/parameters/driftStatus' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DriftItemPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/providers/{id}/drift/check': {
      post: {
        operationId: 'CheckDrift',
        tags: ['operation'],
        summary: 'Looks for differences soon; a signal tells when that is done',
        parameters: [{ $ref: '#/components/parameters/id' }],
        responses: {
          '202': {
            description: 'It is going to be done',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['provider'],
                  properties: { provider: { type: 'string' } },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/providers/{id}/drift/{item}/repair': {
      post: {
        operationId: 'RepairDrift',
        tags: ['operation'],
        summary:
          'Ends a difference, or leaves it as it is; 409 when it is no longer open',
        parameters: [
          { $ref: '#/components/parameters/id' },
          { $ref: '#/components/parameters/item' },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['action'],
                properties: {
                  action: {
                    type: 'string',
                    enum: ['push-ours', 'take-theirs', 'ignore'],
                  },
                },
              },
            },
          },
        },
        responses: {
          '200': {
            description: 'What is being repaired, or ignored',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DriftItem' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/catalog-records': {
      get: {
        operationId: 'ListCatalogRecords',
        tags: ['operation'],
        summary:
          'What the catalog should have beside what comes from Git, for the catalog',
        parameters: [{ $ref: '#/components/parameters/known' }],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/CatalogRecordList' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/catalog-removals': {
      get: {
        operationId: 'ListCatalogRemovals',
        tags: ['operation'],
        summary:
          'Entities that the catalog still has though there is no record of them, for platform owners',
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  required: ['items'],
                  properties: {
                    items: {
                      type: 'array',
                      items: { $ref: '#/components/schemas/HeldBackEntity' },
                    },
                  },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        operationId: 'ReportCatalogRemovals',
        tags: ['operation'],
        summary:
          'The catalog tells which entities have no record any more, and is told which of them are to go',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/EntityRefs' },
            },
          },
        },
        responses: {
          '200': {
            description: 'Those that are to go',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EntityRefs' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/catalog-removals/confirm': {
      post: {
        operationId: 'ConfirmCatalogRemovals',
        tags: ['operation'],
        summary:
          'Confirms that entities without a record are to go from the catalog',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/EntityRefs' },
            },
          },
        },
        responses: {
          '200': {
            description: 'Those that waited for it',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/EntityRefs' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/gone-records': {
      get: {
        operationId: 'ListGoneRecords',
        tags: ['operation'],
        summary:
          'Records of Git whose entity is gone, the latest first, for platform owners',
        parameters: [
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/GoneRecordPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/gone-records/confirm-rename': {
      post: {
        operationId: 'ConfirmRename',
        tags: ['operation'],
        summary:
          'Says that an entity is what one that is gone was, under another name',
        description:
          'The record goes on under the new name when Git is read next, which is at once, with its policy, subscriptions and keys.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                required: ['from', 'to'],
                properties: {
                  from: { type: 'string', minLength: 1, maxLength: 255 },
                  to: { type: 'string', minLength: 1, maxLength: 255 },
                },
              },
            },
          },
        },
        responses: {
          '202': { description: 'It is being done' },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/ownerless': {
      get: {
        operationId: 'ListOwnerless',
        tags: ['operation'],
        summary:
          'Products, plans, catalogues and applications whose owner the catalog has no longer, for platform owners',
        description:
          'By owner. 503 while the catalog does not answer; what is not known is not gone.',
        parameters: [
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/OwnerlessPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/history': {
      get: {
        operationId: 'ListHistory',
        tags: ['operation'],
        summary: 'The readable history of what the caller may know of',
        parameters: [
          { $ref: '#/components/parameters/subject' },
          { $ref: '#/components/parameters/actor' },
          { $ref: '#/components/parameters/product' },
          { $ref: '#/components/parameters/application' },
          { $ref: '#/components/parameters/historySubscription' },
          { $ref: '#/components/parameters/from' },
          { $ref: '#/components/parameters/to' },
          { $ref: '#/components/parameters/limit' },
          { $ref: '#/components/parameters/cursor' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/HistoryPage' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/history/export': {
      get: {
        operationId: 'ExportHistory',
        tags: ['operation'],
        summary: 'All of the list with the same filters, as a file',
        description:
          'The latest line first. `csv` is RFC 4180 in UTF-8 with a line of titles, and no cell begins as a formula does; `json` has one line of JSON, a HistoryEntry, for each.',
        parameters: [
          { $ref: '#/components/parameters/exportFormat' },
          { $ref: '#/components/parameters/subject' },
          { $ref: '#/components/parameters/actor' },
          { $ref: '#/components/parameters/product' },
          { $ref: '#/components/parameters/application' },
          { $ref: '#/components/parameters/historySubscription' },
          { $ref: '#/components/parameters/from' },
          { $ref: '#/components/parameters/to' },
        ],
        responses: {
          '200': {
            description: 'The file',
            content: {
              'text/csv': { schema: { type: 'string' } },
              'application/x-ndjson': { schema: { type: 'string' } },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/history/verification': {
      get: {
        operationId: 'VerifyHistory',
        tags: ['operation'],
        summary: 'Whether the history is as it was written',
        description:
          'For platform owners. Reads the chain from its first line: each line carries the hash of the one before. Whoever can write to the database can hash everything anew; a place and a hash that were noted elsewhere, as the audit log has them, show that as well.',
        parameters: [
          { $ref: '#/components/parameters/notedPosition' },
          { $ref: '#/components/parameters/notedHash' },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/HistoryVerification' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/me': {
      get: {
        operationId: 'GetMe',
        tags: ['access'],
        summary: 'The caller, what they own and what waits for them',
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Me' },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
    },
  },
  components: {
    parameters: {
      confirm: {
        name: 'confirm',
        in: 'query',
        required: true,
        description: 'The name of what is to be deleted, as a person typed it.',
        schema: { type: 'string', maxLength: 63 },
      },
      providerApiId: {
        name: 'providerApiId',
        in: 'path',
        required: true,
        description: "The provider's id of the API.",
        schema: { type: 'string', maxLength: 255 },
      },
      namespace: {
        name: 'namespace',
        in: 'path',
        required: true,
        description: 'Namespace of the entity.',
        schema: { type: 'string', maxLength: 63 },
      },
      name: {
        name: 'name',
        in: 'path',
        required: true,
        description: 'Name of the entity.',
        schema: { type: 'string', maxLength: 63 },
      },
      id: {
        name: 'id',
        in: 'path',
        required: true,
        description: 'Id of the record.',
        schema: { type: 'string', maxLength: 63 },
      },
      item: {
        name: 'item',
        in: 'path',
        required: true,
        description: 'Id of the difference.',
        schema: { type: 'string', maxLength: 63 },
      },
      driftStatus: {
        name: 'status',
        in: 'query',
        description:
          'Only differences in one of these states. Default: open and repairing.',
        style: 'form',
        explode: true,
        schema: {
          type: 'array',
          maxItems: 5,
          items: {
            type: 'string',
            enum: ['open', 'repairing', 'repaired', 'ignored', 'gone'],
          },
        },
      },
      known: {
        name: 'known',
        in: 'query',
        description:
          'The fingerprint of the last answer. Where it is still so, the records are left out.',
        schema: { type: 'string', minLength: 1, maxLength: 64 },
      },
      q: {
        name: 'q',
        in: 'query',
        allowReserved: true,
        description: 'Words to find; every one must occur.',
        schema: { type: 'string', maxLength: 255 },
      },
      applicationWords: {
        name: 'q',
        in: 'query',
        allowReserved: true,
        description:
          'Words in the name of the application; every one must occur.',
        schema: { type: 'string', maxLength: 255 },
      },
      facetText: {
        name: 'q',
        in: 'query',
        allowReserved: true,
        description:
          'A part of a name or a tag; of catalogues, words as everywhere.',
        schema: { type: 'string', maxLength: 255 },
      },
      catalogue: {
        name: 'catalogue',
        in: 'query',
        allowReserved: true,
        description: 'Only what stands in one of these catalogues.',
        style: 'form',
        explode: true,
        schema: {
          type: 'array',
          maxItems: 50,
          items: { type: 'string', minLength: 1, maxLength: 255 },
        },
      },
      owner: {
        name: 'owner',
        in: 'query',
        allowReserved: true,
        description: 'Only what one of these owns; short refs mean groups.',
        style: 'form',
        explode: true,
        schema: {
          type: 'array',
          maxItems: 50,
          items: { type: 'string', minLength: 1, maxLength: 255 },
        },
      },
      ownerOne: {
        name: 'owner',
        in: 'query',
        allowReserved: true,
        description: 'Only what this user or group owns.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
      tag: {
        name: 'tag',
        in: 'query',
        allowReserved: true,
        description: 'Only products that carry every one of these tags.',
        style: 'form',
        explode: true,
        schema: {
          type: 'array',
          maxItems: 50,
          items: { type: 'string', minLength: 1, maxLength: 63 },
        },
      },
      productLifecycle: {
        name: 'lifecycle',
        in: 'query',
        allowReserved: true,
        description:
          'Only products in one of these states. `coming-soon` are those announced; the others are those that are there.',
        style: 'form',
        explode: true,
        schema: {
          type: 'array',
          maxItems: 50,
          items: {
            type: 'string',
            enum: ['draft', 'active', 'deprecated', 'retired', 'coming-soon'],
          },
        },
      },
      billing: {
        name: 'billing',
        in: 'query',
        allowReserved: true,
        description: 'Only what is sold in one of these modes.',
        style: 'form',
        explode: true,
        schema: {
          type: 'array',
          maxItems: 50,
          items: { type: 'string', enum: ['free', 'fixed', 'metered'] },
        },
      },
      auth: {
        name: 'auth',
        in: 'query',
        allowReserved: true,
        description: 'Only products with one of these ways to sign in.',
        style: 'form',
        explode: true,
        schema: {
          type: 'array',
          maxItems: 50,
          items: {
            type: 'string',
            enum: ['auth-token', 'jwt', 'basic', 'mtls', 'keyless'],
          },
        },
      },
      origin: {
        name: 'origin',
        in: 'query',
        allowReserved: true,
        description: 'Only records of this origin.',
        style: 'form',
        explode: true,
        schema: {
          type: 'array',
          maxItems: 50,
          items: { type: 'string', enum: ['catalog', 'portal', 'provider'] },
        },
      },
      providerOne: {
        name: 'provider',
        in: 'query',
        description: 'Only what is of this provider.',
        schema: { type: 'string', minLength: 1, maxLength: 63 },
      },
      unlisted: {
        name: 'unlisted',
        in: 'query',
        description: 'Only what stands in no catalogue.',
        schema: { type: 'boolean', enum: [true] },
      },
      productOrder: {
        name: 'orderBy',
        in: 'query',
        allowReserved: true,
        description:
          '`relevance` (default): featured first, then by display priority and title; `updatedAt`: latest first.',
        schema: { type: 'string', enum: ['relevance', 'title', 'updatedAt'] },
      },
      limit: {
        name: 'limit',
        in: 'query',
        allowReserved: true,
        description: 'Items on a page.',
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      },
      cursor: {
        name: 'cursor',
        in: 'query',
        allowReserved: true,
        description:
          '`nextCursor` or `prevCursor` of another page of the same list.',
        schema: { type: 'string', maxLength: 2048 },
      },
      requestStatus: {
        name: 'status',
        in: 'query',
        allowReserved: true,
        description: 'Only requests in one of these states.',
        style: 'form',
        explode: true,
        schema: {
          type: 'array',
          maxItems: 50,
          items: {
            type: 'string',
            enum: ['pending', 'approved', 'rejected', 'cancelled', 'expired'],
          },
        },
      },
      subscriptionStatus: {
        name: 'status',
        in: 'query',
        allowReserved: true,
        description: 'Only subscriptions in one of these states.',
        style: 'form',
        explode: true,
        schema: {
          type: 'array',
          maxItems: 50,
          items: {
            type: 'string',
            enum: [
              'provisioning',
              'active',
              'suspended',
              'revoking',
              'revoked',
              'expired',
              'failed',
            ],
          },
        },
      },
      current: {
        name: 'current',
        in: 'query',
        description:
          'Only what still matters to who asked: what is pending, and what was rejected, unless the application has asked for the product again or has it by now.',
        schema: { type: 'boolean', enum: [true] },
      },
      asRequester: {
        name: 'as',
        in: 'query',
        allowReserved: true,
        description:
          "`requester` (default): asked for by the caller or for their groups' applications; `approver`: those they may decide about.",
        schema: { type: 'string', enum: ['requester', 'approver'] },
      },
      asConsumer: {
        name: 'as',
        in: 'query',
        allowReserved: true,
        description:
          "`consumer` (default): of the caller's applications; `owner`: to products they decide about.",
        schema: { type: 'string', enum: ['consumer', 'owner'] },
      },
      historySubscription: {
        name: 'subscription',
        in: 'query',
        description:
          'Only what happened to this subscription, to its credentials and to the request that it came from.',
        schema: { type: 'string', minLength: 1, maxLength: 63 },
      },
      exportFormat: {
        name: 'format',
        in: 'query',
        description: 'The kind of file; `json` if absent.',
        schema: { type: 'string', enum: ['csv', 'json'] },
      },
      notedPosition: {
        name: 'position',
        in: 'query',
        description:
          'The place of a line that was noted; together with its hash.',
        schema: { type: 'integer', minimum: 1, maximum: 9007199254740991 },
      },
      notedHash: {
        name: 'hash',
        in: 'query',
        description: 'The hash that the noted line had.',
        schema: { type: 'string', minLength: 64, maxLength: 64 },
      },
      product: {
        name: 'product',
        in: 'query',
        allowReserved: true,
        description: 'Only for this product.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
      plan: {
        name: 'plan',
        in: 'query',
        allowReserved: true,
        description: 'Only on this plan.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
      application: {
        name: 'application',
        in: 'query',
        allowReserved: true,
        description: 'Only for the application with this id.',
        schema: { type: 'string', maxLength: 63 },
      },
      requester: {
        name: 'requester',
        in: 'query',
        allowReserved: true,
        description: 'Only asked for by this user.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
      subject: {
        name: 'subject',
        in: 'query',
        allowReserved: true,
        description: '`<noun>:<id>`, e.g. `access-request:…`.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
      actor: {
        name: 'actor',
        in: 'query',
        allowReserved: true,
        description: 'Only what this user did.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
      from: {
        name: 'from',
        in: 'query',
        allowReserved: true,
        description: 'Not before.',
        schema: { type: 'string', format: 'date-time' },
      },
      to: {
        name: 'to',
        in: 'query',
        allowReserved: true,
        description: 'Before.',
        schema: { type: 'string', format: 'date-time' },
      },
      idempotencyKey: {
        name: 'Idempotency-Key',
        in: 'header',
        description:
          'Sending the same request with the same key again answers with the first one.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
    },
    responses: {
      Error: {
        description:
          "Backstage's error body. `code` and `fields` say for programs what the message says for people.",
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    },
    schemas: {
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
      HeldBackEntity: {
        type: 'object',
        description:
          'An entity that the catalog still has though there is no record of it, and nothing is known of a deletion.',
        additionalProperties: false,
        required: ['ref', 'heldBackAt'],
        properties: {
          ref: { type: 'string' },
          heldBackAt: { type: 'string', format: 'date-time' },
        },
      },
      OwnerlessPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['kind', 'id', 'revision', 'name', 'title', 'owner'],
              properties: {
                kind: {
                  type: 'string',
                  enum: ['product', 'plan', 'catalogue', 'application'],
                },
                id: { type: 'string' },
                revision: { type: 'integer' },
                ref: { type: 'string' },
                name: { type: 'string' },
                title: { type: 'string' },
                owner: { type: 'string' },
                origin: {
                  type: 'string',
                  enum: ['catalog', 'portal', 'provider'],
                },
                editUrl: { type: 'string' },
              },
            },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      GoneRecordPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/GoneRecord' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      GoneRecord: {
        type: 'object',
        additionalProperties: false,
        required: [
          'kind',
          'ref',
          'name',
          'title',
          'owner',
          'goneSince',
          'liveSubscriptions',
          'pendingRequests',
          'successors',
        ],
        properties: {
          kind: { type: 'string', enum: ['product', 'plan', 'catalogue'] },
          ref: { type: 'string' },
          name: { type: 'string' },
          title: { type: 'string' },
          owner: { type: 'string' },
          provider: { type: 'string' },
          goneSince: { type: 'string', format: 'date-time' },
          liveSubscriptions: { type: 'integer' },
          pendingRequests: { type: 'integer' },
          successors: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: [
                'ref',
                'owner',
                'saysSo',
                'liveSubscriptions',
                'pendingRequests',
              ],
              properties: {
                ref: { type: 'string' },
                owner: { type: 'string' },
                saysSo: {
                  type: 'boolean',
                  description:
                    'Its entity says so by the annotation api-products/renamed-from',
                },
                confirmedBy: { type: 'string' },
                liveSubscriptions: { type: 'integer' },
                pendingRequests: { type: 'integer' },
              },
            },
          },
        },
      },
      Error: {
        type: 'object',
        required: ['error', 'response'],
        properties: {
          error: {
            type: 'object',
            required: ['name', 'message', 'code', 'fields'],
            properties: {
              name: { type: 'string' },
              message: { type: 'string' },
              code: { $ref: '#/components/schemas/RefusalCode' },
              fields: { $ref: '#/components/schemas/RefusalFields' },
            },
          },
          request: {
            type: 'object',
            properties: { method: { type: 'string' }, url: { type: 'string' } },
          },
          response: {
            type: 'object',
            required: ['statusCode'],
            properties: { statusCode: { type: 'integer' } },
          },
        },
      },
      RefusalCode: {
        type: 'string',
        description:
          'Why it was refused. Those from `invalid` to `failed` say no more than the status does.',
        enum: [
          'invalid',
          'not-signed-in',
          'not-allowed',
          'not-found',
          'conflict',
          'gone',
          'too-many',
          'unavailable',
          'failed',
          'allowance-used',
          'already-decided',
          'already-pending',
          'already-subscribed',
          'being-rotated',
          'changed-since',
          'idempotency-key-used',
          'in-use',
          'keys-used-up',
          'managed-elsewhere',
          'not-active',
          'not-approver',
          'not-owner',
          'not-plan-author',
          'not-publisher',
          'not-rotated',
          'over',
          'own-request',
          'plan-not-offered',
          'plan-unfit',
          'renewal-over',
          'requester-left',
          'secret-gone',
          'taken',
          'takes-no-requests',
          'terms-missing',
          'terms-unknown',
        ],
      },
      RefusalFields: {
        type: 'object',
        additionalProperties: false,
        description:
          'The facts of a refusal; those that do not matter to its code are absent.',
        properties: {
          field: {
            type: 'string',
            description:
              'Which part of what was sent is refused, e.g. `plan` or `application.name`.',
          },
          product: { type: 'string', description: 'Title.' },
          plan: { type: 'string', description: 'Title.' },
          application: { type: 'string', description: 'Name.' },
          accessRequest: { type: 'string', description: 'Id.' },
          subscription: { type: 'string', description: 'Id.' },
          credential: { type: 'string', description: 'Id.' },
          subscriptions: {
            type: 'array',
            items: { type: 'string' },
            description: 'Ids.',
          },
          owner: { type: 'string', description: 'Ref.' },
          approvers: {
            type: 'array',
            items: { type: 'string' },
            description: 'Refs.',
          },
          requester: { type: 'string', description: 'Ref.' },
          revision: {
            type: 'integer',
            description: 'The present revision of what has changed.',
          },
          status: { type: 'string', description: 'What it has become.' },
          decision: { type: 'string', enum: ['approved', 'rejected'] },
          decidedBy: {
            type: 'string',
            description: 'Absent where the plan did.',
          },
          decidedAt: { type: 'string', format: 'date-time' },
          reason: {
            type: 'string',
            description: 'Why the product takes no requests.',
            enum: [
              'hidden',
              'draft',
              'deprecated',
              'retired',
              'coming-soon',
              'documentation-only',
              'no-credential',
              'api-unknown',
            ],
          },
          terms: {
            type: 'array',
            items: { type: 'string' },
            description:
              'Each with its version, e.g. `Terms of use (2026-01)`.',
          },
          limit: { type: 'integer', description: 'How many there can be.' },
          per: { type: 'string', description: 'An ISO 8601 duration.' },
          renewsAt: { type: 'string', format: 'date-time' },
          revealedBy: { type: 'string', description: 'Ref.' },
          revealedAt: { type: 'string', format: 'date-time' },
          editUrl: { type: 'string' },
        },
      },
      JsonValue: { description: 'Any JSON.' },
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
      ProductCard: {
        type: 'object',
        description: 'What a card in the marketplace shows of a product.',
        additionalProperties: false,
        required: [
          'id',
          'ref',
          'namespace',
          'name',
          'title',
          'type',
          'lifecycle',
          'owner',
          'documentationOnly',
          'plans',
          'morePlans',
          'visibility',
        ],
        properties: {
          id: { type: 'string' },
          ref: {
            type: 'string',
            description: '`apiproduct:<namespace>/<name>`.',
          },
          namespace: { type: 'string' },
          name: { type: 'string' },
          title: { type: 'string' },
          description: {
            type: 'string',
            description: 'Its beginning where it is long.',
          },
          type: { type: 'string' },
          version: { type: 'string' },
          lifecycle: { $ref: '#/components/schemas/ProductLifecycle' },
          owner: { type: 'string' },
          documentationOnly: {
            type: 'boolean',
            description: 'No provider answers for it.',
          },
          authentication: { $ref: '#/components/schemas/Authentication' },
          plans: {
            type: 'array',
            description: 'The first two that the caller can combine with it.',
            maxItems: 2,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['title', 'pricing'],
              properties: {
                title: { type: 'string' },
                pricing: { $ref: '#/components/schemas/Pricing' },
              },
            },
          },
          morePlans: {
            type: 'integer',
            minimum: 0,
            description: 'How many besides.',
          },
          visibility: { $ref: '#/components/schemas/ProductVisibility' },
          hiddenSince: {
            type: 'string',
            format: 'date-time',
            description:
              'Since when the record is gone from Git or the provider; only those who decide about it still see it.',
          },
          myAccess: { $ref: '#/components/schemas/MyAccess' },
        },
      },
      ProductCardPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/ProductCard' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      ProductFacets: {
        type: 'object',
        description: 'What products can be narrowed by.',
        additionalProperties: false,
        required: ['catalogue', 'owner', 'tag'],
        properties: {
          catalogue: { $ref: '#/components/schemas/Facet' },
          owner: { $ref: '#/components/schemas/Facet' },
          tag: { $ref: '#/components/schemas/Facet' },
        },
      },
      Facet: {
        type: 'object',
        description: 'Values of one filter, as many as somebody looks through.',
        additionalProperties: false,
        required: ['values'],
        properties: {
          values: {
            type: 'array',
            maxItems: 20,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['value'],
              properties: {
                value: { type: 'string' },
                title: {
                  type: 'string',
                  description: 'Where the value is a ref that has one.',
                },
              },
            },
          },
          more: {
            type: 'boolean',
            enum: [true],
            description: 'There are more; `q` finds them.',
          },
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
      RecordActions: {
        type: 'array',
        items: { type: 'string', enum: ['edit', 'delete'] },
      },
      NewProduct: {
        type: 'object',
        description:
          "The fields of the entity APIProduct, without its nesting; checked by the entity's own JSON schema.",
        additionalProperties: true,
        properties: {
          name: { description: 'Name, unique in its namespace.' },
          namespace: { description: 'Default `default`.' },
          title: { description: 'What people read.' },
          description: { description: 'A short text, plain.' },
          tags: { description: 'Lower-case words.' },
          links: { description: 'Objects with url and title.' },
          type: {
            description: 'rest, graphql, event, mcp, mixed or another word.',
          },
          owner: { description: 'Group or user.' },
          contact: { description: 'Whom to talk to.' },
          lifecycle: {
            description: 'draft (default), active, deprecated or retired.',
          },
          version: {
            description:
              'Semantic version; it counts by itself unless a higher one is given.',
          },
          system: { description: 'System entity.' },
          provider: {
            description:
              'Id of the provider; without one the product is documentation only.',
          },
          providerName: {
            description: 'Name at the provider, where it is not the title.',
          },
          apis: {
            description:
              'API entities, or objects with ref, providerApiId, versions, allowedUrls.',
          },
          gatewayEndpoint: { description: 'Where it is called.' },
          authentication: {
            description:
              'Follows from the APIs where their provider knows them.',
          },
          plans: { description: 'Plans it can be had on.' },
          catalogues: { description: 'Catalogues it stands in.' },
          approvers: { description: 'Who may decide besides the owner.' },
          content: { description: 'Markdown.' },
          guides: { description: 'Objects with title and content or url.' },
          specs: { description: 'Objects with alias and definition.' },
          terms: {
            description: 'Objects with name, version, url and required.',
          },
          visibility: {
            description:
              'comingSoon, comingSoonText, preview, featured, displayPriority, logo.',
          },
          dynamicClientRegistration: {
            description: 'enabled, identityProvider, scopes.',
          },
          sla: { description: 'availability, latencyP95Ms, supportHours.' },
          billing: {
            description:
              'productCode, paymentSource, meteringModels and so on.',
          },
          external: { description: 'Ids of other systems.' },
        },
      },
      ProductPatch: {
        type: 'object',
        description:
          'Fields of NewProduct, besides name and namespace; null takes a field away.',
        additionalProperties: true,
        required: ['revision'],
        properties: {
          revision: { type: 'integer', minimum: 1, maximum: 2147483647 },
          title: { description: 'What people read.' },
          description: { description: 'A short text, plain.' },
          tags: { description: 'Lower-case words.' },
          links: { description: 'Objects with url and title.' },
          type: {
            description: 'rest, graphql, event, mcp, mixed or another word.',
          },
          owner: { description: 'Group or user.' },
          contact: { description: 'Whom to talk to.' },
          lifecycle: {
            description: 'draft (default), active, deprecated or retired.',
          },
          version: {
            description:
              'Semantic version; it counts by itself unless a higher one is given.',
          },
          system: { description: 'System entity.' },
          provider: {
            description:
              'Id of the provider; without one the product is documentation only.',
          },
          providerName: {
            description: 'Name at the provider, where it is not the title.',
          },
          apis: {
            description:
              'API entities, or objects with ref, providerApiId, versions, allowedUrls.',
          },
          gatewayEndpoint: { description: 'Where it is called.' },
          authentication: {
            description:
              'Follows from the APIs where their provider knows them.',
          },
          plans: { description: 'Plans it can be had on.' },
          catalogues: { description: 'Catalogues it stands in.' },
          approvers: { description: 'Who may decide besides the owner.' },
          content: { description: 'Markdown.' },
          guides: { description: 'Objects with title and content or url.' },
          specs: { description: 'Objects with alias and definition.' },
          terms: {
            description: 'Objects with name, version, url and required.',
          },
          visibility: {
            description:
              'comingSoon, comingSoonText, preview, featured, displayPriority, logo.',
          },
          dynamicClientRegistration: {
            description: 'enabled, identityProvider, scopes.',
          },
          sla: { description: 'availability, latencyP95Ms, supportHours.' },
          billing: {
            description:
              'productCode, paymentSource, meteringModels and so on.',
          },
          external: { description: 'Ids of other systems.' },
        },
      },
      NewPlan: {
        type: 'object',
        description:
          "The fields of the entity APIPlan, without its nesting; checked by the entity's own JSON schema.",
        additionalProperties: true,
        properties: {
          name: { description: 'Name, unique in its namespace.' },
          namespace: { description: 'Default `default`.' },
          title: { description: 'What people read.' },
          description: { description: 'A short text, plain.' },
          owner: { description: 'Group or user.' },
          provider: { description: 'Id of the provider.' },
          providerName: {
            description: 'Name at the provider, where it is not the title.',
          },
          rateLimit: {
            description: 'unlimited, or requests and per (seconds).',
          },
          quota: {
            description:
              'unlimited, or requests and per (ISO 8601 duration or month).',
          },
          keyLifetime: {
            description: 'never (default) or an ISO 8601 duration.',
          },
          approval: { description: 'mode: auto or manual (default).' },
          accessRequests: { description: 'allowance and per.' },
          credentials: {
            description: 'max, rotationOverlap, revealWithin, renewWithin.',
          },
          scopes: { description: 'JWT scopes.' },
          credentialMetadata: { description: 'Texts by name.' },
          catalogues: { description: 'Catalogues it stands in.' },
          pricing: {
            description:
              'mode, label, description, currency, amount, period, trial.',
          },
          displayPriority: { description: 'Higher stands further up.' },
        },
      },
      PlanPatch: {
        type: 'object',
        description:
          'Fields of NewPlan, besides name and namespace; null takes a field away.',
        additionalProperties: true,
        required: ['revision'],
        properties: {
          revision: { type: 'integer', minimum: 1, maximum: 2147483647 },
          title: { description: 'What people read.' },
          description: { description: 'A short text, plain.' },
          owner: { description: 'Group or user.' },
          provider: { description: 'Id of the provider.' },
          providerName: {
            description: 'Name at the provider, where it is not the title.',
          },
          rateLimit: {
            description: 'unlimited, or requests and per (seconds).',
          },
          quota: {
            description:
              'unlimited, or requests and per (ISO 8601 duration or month).',
          },
          keyLifetime: {
            description: 'never (default) or an ISO 8601 duration.',
          },
          approval: { description: 'mode: auto or manual (default).' },
          accessRequests: { description: 'allowance and per.' },
          credentials: {
            description: 'max, rotationOverlap, revealWithin, renewWithin.',
          },
          scopes: { description: 'JWT scopes.' },
          credentialMetadata: { description: 'Texts by name.' },
          catalogues: { description: 'Catalogues it stands in.' },
          pricing: {
            description:
              'mode, label, description, currency, amount, period, trial.',
          },
          displayPriority: { description: 'Higher stands further up.' },
        },
      },
      NewCatalogue: {
        type: 'object',
        description:
          "The fields of the entity APICatalogue, without its nesting; checked by the entity's own JSON schema.",
        additionalProperties: true,
        properties: {
          name: { description: 'Name, unique in its namespace.' },
          namespace: { description: 'Default `default`.' },
          title: { description: 'What people read.' },
          description: { description: 'A short text, plain.' },
          owner: { description: 'Group or user.' },
          visibility: { description: 'public, or private (default).' },
          audience: { description: 'Who sees a private one.' },
          publishers: {
            description:
              'Who lists products and plans in it. Absent: everybody in a public one, else only its owner.',
          },
        },
      },
      CataloguePatch: {
        type: 'object',
        description:
          'Fields of NewCatalogue, besides name and namespace; null takes a field away.',
        additionalProperties: true,
        required: ['revision'],
        properties: {
          revision: { type: 'integer', minimum: 1, maximum: 2147483647 },
          title: { description: 'What people read.' },
          description: { description: 'A short text, plain.' },
          owner: { description: 'Group or user.' },
          visibility: { description: 'public, or private (default).' },
          audience: { description: 'Who sees a private one.' },
          publishers: {
            description:
              'Who lists products and plans in it. Absent: everybody in a public one, else only its owner.',
          },
        },
      },
      DeletionImpact: {
        type: 'object',
        description: 'Who would lose what if a record were deleted.',
        additionalProperties: false,
        required: ['subscriptions', 'totalSubscriptions', 'pendingRequests'],
        properties: {
          subscriptions: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['id', 'application', 'owner', 'product', 'plan'],
              properties: {
                id: { type: 'string' },
                application: { type: 'string' },
                owner: { type: 'string' },
                product: { type: 'string' },
                plan: { type: 'string' },
              },
            },
            description:
              'Open subscriptions, which forbid it; the first hundred.',
          },
          totalSubscriptions: { type: 'integer' },
          pendingRequests: {
            type: 'integer',
            description: 'Requests that would be withdrawn.',
          },
          obstacle: {
            type: 'string',
            description: 'Why it cannot be deleted now.',
          },
        },
      },
      Application: {
        type: 'object',
        description:
          "The consumer's side of a subscription: what will call the API.",
        additionalProperties: false,
        required: [
          'id',
          'revision',
          'name',
          'owner',
          'createdBy',
          'createdAt',
          'updatedAt',
        ],
        properties: {
          id: { type: 'string' },
          revision: { type: 'integer' },
          name: { type: 'string' },
          description: { type: 'string' },
          owner: { type: 'string', description: 'A user or a group.' },
          component: {
            type: 'string',
            description: 'The catalog Component that is meant, if it has one.',
          },
          createdBy: { type: 'string' },
          createdAt: { type: 'string', format: 'date-time' },
          updatedAt: { type: 'string', format: 'date-time' },
        },
      },
      NewApplication: {
        type: 'object',
        description:
          "An application to be made; without an owner it is the caller's own.",
        additionalProperties: false,
        required: ['name'],
        properties: {
          name: {
            type: 'string',
            maxLength: 255,
            pattern: '[^\\s\\u200b-\\u200f\\u2060\\ufeff]',
          },
          description: { type: 'string', maxLength: 4000 },
          owner: { type: 'string', minLength: 1, maxLength: 255 },
          component: { type: 'string', minLength: 1, maxLength: 255 },
        },
      },
      ApplicationChange: {
        type: 'object',
        additionalProperties: false,
        required: ['revision'],
        properties: {
          revision: { type: 'integer', minimum: 1, maximum: 2147483647 },
          name: {
            type: 'string',
            maxLength: 255,
            pattern: '[^\\s\\u200b-\\u200f\\u2060\\ufeff]',
          },
          description: { type: 'string', maxLength: 4000 },
          owner: { type: 'string', minLength: 1, maxLength: 255 },
          component: { type: 'string', maxLength: 255 },
        },
      },
      ApplicationLink: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'name', 'owner'],
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          owner: { type: 'string' },
          component: { type: 'string' },
        },
      },
      ProductLink: {
        type: 'object',
        description: 'Names a product without carrying all of it.',
        additionalProperties: false,
        required: ['ref', 'title'],
        properties: { ref: { type: 'string' }, title: { type: 'string' } },
      },
      PlanLink: {
        type: 'object',
        description:
          'Names a plan, with what an approver or a subscriber has to know of it.',
        additionalProperties: false,
        required: [
          'ref',
          'title',
          'rateLimit',
          'quota',
          'keyLifetime',
          'pricing',
        ],
        properties: {
          ref: { type: 'string' },
          title: { type: 'string' },
          rateLimit: { $ref: '#/components/schemas/RateLimit' },
          quota: { $ref: '#/components/schemas/Quota' },
          keyLifetime: { type: 'string' },
          pricing: {
            type: 'object',
            additionalProperties: false,
            required: ['mode'],
            properties: {
              mode: { type: 'string', enum: ['free', 'fixed', 'metered'] },
              label: { type: 'string' },
              amount: { type: 'string' },
              currency: { type: 'string' },
              period: { type: 'string', enum: ['month', 'year'] },
            },
          },
        },
      },
      AcceptedTerms: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'version'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 255 },
          version: { type: 'string', minLength: 1, maxLength: 63 },
        },
      },
      AccessRequest: {
        type: 'object',
        description: 'One application asks for one product on one plan.',
        additionalProperties: false,
        required: [
          'id',
          'revision',
          'status',
          'product',
          'plan',
          'application',
          'requester',
          'acceptedTerms',
          'approvers',
          'actions',
          'createdAt',
          'updatedAt',
        ],
        properties: {
          id: { type: 'string' },
          revision: { type: 'integer' },
          status: {
            type: 'string',
            enum: ['pending', 'approved', 'rejected', 'cancelled', 'expired'],
            description:
              '`pending → approved · rejected · cancelled · expired`',
          },
          product: { $ref: '#/components/schemas/ProductLink' },
          plan: { $ref: '#/components/schemas/PlanLink' },
          application: { $ref: '#/components/schemas/ApplicationLink' },
          requester: { type: 'string' },
          reason: { type: 'string' },
          acceptedTerms: {
            type: 'array',
            items: { $ref: '#/components/schemas/AcceptedTerms' },
          },
          approvers: {
            type: 'array',
            items: { type: 'string' },
            description:
              'Who can decide: the owner group and the named approvers.',
          },
          decision: {
            type: 'object',
            description: 'How an access request was decided.',
            additionalProperties: false,
            required: ['decision', 'automatic', 'at'],
            properties: {
              decision: { type: 'string', enum: ['approved', 'rejected'] },
              by: {
                type: 'string',
                description: 'Absent for an automatic approval.',
              },
              automatic: { type: 'boolean' },
              comment: { type: 'string' },
              at: { type: 'string', format: 'date-time' },
            },
          },
          expiresAt: {
            type: 'string',
            format: 'date-time',
            description: 'When it expires if nobody decides until then.',
          },
          subscription: {
            type: 'string',
            description:
              'The subscription that an approval made, or that is to change.',
          },
          change: {
            type: 'object',
            description:
              'Present where a subscription is to move from its plan to this one.',
            additionalProperties: false,
            required: ['from'],
            properties: {
              from: { $ref: '#/components/schemas/PlanLink' },
              when: { $ref: '#/components/schemas/ChangeWhen' },
            },
          },
          actions: {
            type: 'array',
            items: {
              type: 'string',
              enum: ['edit', 'cancel', 'approve', 'reject'],
              description: 'What the caller may do with an access request now.',
            },
          },
          createdAt: { type: 'string', format: 'date-time' },
          updatedAt: { type: 'string', format: 'date-time' },
        },
      },
      NewAccessRequest: {
        type: 'object',
        description:
          'What is asked for. Who asks is never part of it: the backend knows the caller.',
        additionalProperties: false,
        required: ['product', 'plan', 'application'],
        properties: {
          product: { type: 'string', minLength: 1, maxLength: 255 },
          plan: { type: 'string', minLength: 1, maxLength: 255 },
          application: {
            description:
              'The id of an application, or one to be made in the same step.',
            oneOf: [
              {
                type: 'string',
                minLength: 1,
                maxLength: 63,
                description: 'Id of an application.',
              },
              { $ref: '#/components/schemas/NewApplication' },
            ],
          },
          subscription: {
            type: 'string',
            minLength: 1,
            maxLength: 63,
            description:
              'Id of a subscription of the application to the product that is to move to the plan, instead of a new one.',
          },
          when: { $ref: '#/components/schemas/ChangeWhen' },
          reason: { type: 'string', maxLength: 4000 },
          acceptedTerms: {
            type: 'array',
            maxItems: 50,
            items: { $ref: '#/components/schemas/AcceptedTerms' },
          },
        },
      },
      AccessRequestChange: {
        type: 'object',
        additionalProperties: false,
        required: ['revision'],
        properties: {
          revision: {
            type: 'integer',
            minimum: 1,
            maximum: 2147483647,
            description: 'The revision that was looked at.',
          },
          plan: { type: 'string', minLength: 1, maxLength: 255 },
          reason: { type: 'string', maxLength: 4000 },
          acceptedTerms: {
            type: 'array',
            maxItems: 50,
            items: { $ref: '#/components/schemas/AcceptedTerms' },
          },
        },
      },
      Decisions: {
        type: 'object',
        additionalProperties: false,
        required: ['items'],
        properties: {
          items: {
            type: 'array',
            description: 'Each of another request.',
            minItems: 1,
            maxItems: 100,
            items: { $ref: '#/components/schemas/DecisionItem' },
          },
        },
      },
      DecisionItem: {
        type: 'object',
        description:
          'Approval or rejection of the revision that was looked at; a rejection needs a comment.',
        additionalProperties: false,
        required: ['id', 'decision'],
        properties: {
          id: { type: 'string', minLength: 1, maxLength: 63 },
          decision: { type: 'string', enum: ['approve', 'reject'] },
          revision: {
            type: 'integer',
            minimum: 1,
            maximum: 2147483647,
            description:
              'The revision that was looked at; the present one if absent.',
          },
          comment: {
            type: 'string',
            maxLength: 4000,
            pattern: '[^\\s\\u200b-\\u200f\\u2060\\ufeff]',
          },
        },
      },
      DecisionResults: {
        type: 'object',
        additionalProperties: false,
        required: ['results'],
        properties: {
          results: {
            type: 'array',
            description: 'In the order of the items.',
            items: { $ref: '#/components/schemas/DecisionResult' },
          },
        },
      },
      DecisionResult: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'status'],
        properties: {
          id: { type: 'string' },
          status: {
            type: 'integer',
            description:
              'That of the answer to a single decision; 200 where it was decided.',
          },
          accessRequest: { $ref: '#/components/schemas/AccessRequest' },
          error: { $ref: '#/components/schemas/RefusedItem' },
        },
      },
      RefusedItem: {
        type: 'object',
        description: 'Why it was not decided.',
        additionalProperties: false,
        required: ['name', 'message', 'code', 'fields'],
        properties: {
          name: { type: 'string' },
          message: { type: 'string' },
          code: { $ref: '#/components/schemas/RefusalCode' },
          fields: { $ref: '#/components/schemas/RefusalFields' },
        },
      },
      Approval: {
        type: 'object',
        description: 'Approval of the revision that was looked at.',
        additionalProperties: false,
        properties: {
          revision: {
            type: 'integer',
            minimum: 1,
            maximum: 2147483647,
            description: 'The revision that was looked at.',
          },
          comment: { type: 'string', maxLength: 4000 },
        },
      },
      Rejection: {
        type: 'object',
        description:
          'Rejection of the revision that was looked at; the requester reads the comment.',
        additionalProperties: false,
        required: ['comment'],
        properties: {
          revision: {
            type: 'integer',
            minimum: 1,
            maximum: 2147483647,
            description: 'The revision that was looked at.',
          },
          comment: {
            type: 'string',
            maxLength: 4000,
            pattern: '[^\\s\\u200b-\\u200f\\u2060\\ufeff]',
          },
        },
      },
      Cancellation: {
        type: 'object',
        additionalProperties: false,
        properties: {
          revision: {
            type: 'integer',
            minimum: 1,
            maximum: 2147483647,
            description: 'The revision that was looked at.',
          },
        },
      },
      Revocation: {
        type: 'object',
        additionalProperties: false,
        properties: { reason: { type: 'string', maxLength: 4000 } },
      },
      PlanChange: {
        type: 'object',
        additionalProperties: false,
        required: ['plan'],
        properties: {
          plan: { type: 'string', minLength: 1, maxLength: 255 },
          when: { $ref: '#/components/schemas/ChangeWhen' },
          reason: { type: 'string', maxLength: 4000 },
          acceptedTerms: {
            type: 'array',
            maxItems: 50,
            items: { $ref: '#/components/schemas/AcceptedTerms' },
          },
        },
      },
      ChangeWhen: {
        type: 'string',
        enum: ['now', 'period-end'],
        description:
          'When a plan is to change, once that is approved. Absent: at once where the other plan gives more, when the quota period is over where it gives less.',
      },
      NewSuspension: {
        type: 'object',
        additionalProperties: false,
        required: ['reason'],
        properties: {
          reason: {
            type: 'string',
            maxLength: 4000,
            pattern: '[^\\s\\u200b-\\u200f\\u2060\\ufeff]',
            description: 'The consumer reads it.',
          },
        },
      },
      Resumption: {
        type: 'object',
        additionalProperties: false,
        properties: { reason: { type: 'string', maxLength: 4000 } },
      },
      NewCredential: {
        type: 'object',
        description: 'A credential to be issued.',
        additionalProperties: false,
        properties: {
          name: {
            type: 'string',
            maxLength: 63,
            pattern: '[^\\s\\u200b-\\u200f\\u2060\\ufeff]',
          },
          replaces: {
            type: 'string',
            maxLength: 36,
            description:
              'Id of a lost credential of the subscription; it is revoked in the same step',
          },
        },
      },
      CredentialRotation: {
        type: 'object',
        description: 'How a credential is replaced.',
        additionalProperties: false,
        properties: {
          overlap: {
            type: 'string',
            maxLength: 30,
            pattern:
              '^P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?!$)(\\d+H)?(\\d+M)?(\\d+S)?)?$',
            description:
              'How long the old one goes on beside the new one, at most P90D; PT0S = it ends at once. Absent: as the plan says.',
          },
          name: {
            type: 'string',
            maxLength: 63,
            pattern: '[^\\s\\u200b-\\u200f\\u2060\\ufeff]',
            description: 'Of the new one.',
          },
        },
      },
      CredentialExtension: {
        type: 'object',
        description:
          'Until when a superseded credential goes on: one of the two.',
        additionalProperties: false,
        properties: {
          until: { type: 'string', format: 'date-time' },
          overlap: {
            type: 'string',
            maxLength: 30,
            pattern:
              '^P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?!$)(\\d+H)?(\\d+M)?(\\d+S)?)?$',
            description: 'How much longer than it would.',
          },
        },
      },
      Subscription: {
        type: 'object',
        description:
          'What an approved request becomes: one application, one plan, one or more products.',
        additionalProperties: false,
        required: [
          'id',
          'revision',
          'status',
          'products',
          'plan',
          'application',
          'requester',
          'accessRequest',
          'credentials',
          'actions',
          'createdAt',
          'updatedAt',
        ],
        properties: {
          id: { type: 'string' },
          revision: { type: 'integer' },
          status: {
            type: 'string',
            enum: [
              'provisioning',
              'active',
              'suspended',
              'revoking',
              'revoked',
              'expired',
              'failed',
            ],
            description:
              '`provisioning → active ⇄ suspended → expired · revoked`, `failed` (retryable); `revoking` until the gateway is known to refuse every key.',
          },
          products: {
            type: 'array',
            items: { $ref: '#/components/schemas/ProductLink' },
          },
          plan: { $ref: '#/components/schemas/PlanLink' },
          rotationOverlap: {
            type: 'string',
            description:
              'ISO 8601 duration: how long a key goes on beside the one that takes its place, unless something else is asked for.',
          },
          application: { $ref: '#/components/schemas/ApplicationLink' },
          requester: { type: 'string' },
          accessRequest: { type: 'string' },
          credentials: {
            type: 'array',
            items: { $ref: '#/components/schemas/Credential' },
          },
          planChange: {
            type: 'object',
            description:
              'The plan that it moves to, until the gateway is known to have its keys there.',
            additionalProperties: false,
            required: ['plan'],
            properties: {
              plan: { $ref: '#/components/schemas/PlanLink' },
              at: {
                type: 'string',
                format: 'date-time',
                description:
                  'When; absent while only the gateway knows when the quota period is over.',
              },
            },
          },
          suspension: {
            type: 'object',
            description:
              'Its keys are to be refused until it is resumed. The status is `suspended` when the gateway is known to refuse them; while it is `suspended` without this, they are being let in again.',
            additionalProperties: false,
            required: ['by', 'at', 'reason'],
            properties: {
              by: { type: 'string' },
              at: { type: 'string', format: 'date-time' },
              reason: { type: 'string' },
            },
          },
          usage: {
            type: 'object',
            description:
              'How the key is presented and where, so that a client can be written.',
            additionalProperties: false,
            required: ['apis'],
            properties: {
              endpoint: { type: 'string' },
              headerName: {
                description: 'Absent where no API takes the key in a header.',
                type: 'string',
              },
              headerPrefix: {
                type: 'string',
                description:
                  "Prefix of the header's value before the key; often empty.",
              },
              apis: {
                type: 'array',
                items: { $ref: '#/components/schemas/CalledApi' },
                description:
                  'Each API by itself, as its gateway has it: they may differ in address and in the place of the key.',
              },
            },
          },
          lastError: {
            type: 'string',
            description:
              'What the provider said last, while something is not yet as it should be.',
          },
          nextTryAt: { type: 'string', format: 'date-time' },
          actions: {
            type: 'array',
            items: {
              type: 'string',
              enum: [
                'revoke',
                'retry',
                'suspend',
                'resume',
                'renew',
                'issue-credential',
                'change-plan',
                'withdraw-plan-change',
              ],
              description: 'What the caller may do with a subscription now.',
            },
          },
          createdAt: { type: 'string', format: 'date-time' },
          updatedAt: { type: 'string', format: 'date-time' },
        },
      },
      Credential: {
        type: 'object',
        description: 'A key of a subscription. Its secret is never part of it.',
        additionalProperties: false,
        required: [
          'id',
          'revision',
          'subscription',
          'name',
          'status',
          'createdBy',
          'actions',
          'createdAt',
          'updatedAt',
        ],
        properties: {
          id: { type: 'string' },
          revision: { type: 'integer' },
          subscription: { type: 'string' },
          name: { type: 'string' },
          kind: {
            type: 'string',
            enum: ['token', 'basic'],
            description:
              'What the consumer presents: a token, or a user with a password. Absent = `token`.',
          },
          status: {
            type: 'string',
            enum: [
              'provisioning',
              'active',
              'superseded',
              'revoking',
              'revoked',
              'expired',
              'failed',
            ],
            description:
              '`provisioning → active ⇄ superseded → revoking → revoked · expired`; `failed` when the provider refused for good.',
          },
          lastFour: {
            type: 'string',
            description:
              "The end of what was shown, of a password for `basic`; absent where the provider's tokens all end alike.",
          },
          replaces: {
            type: 'string',
            description:
              'Id of the credential that it was made to take the place of, by a rotation.',
          },
          replacedBy: {
            type: 'string',
            description:
              'Id of the credential that takes, or is to take, the place of this one.',
          },
          cutOffAt: {
            type: 'string',
            format: 'date-time',
            description:
              'Of one that is `superseded`: when the portal revokes it.',
          },
          extended: {
            type: 'boolean',
            description:
              'Of one that is `superseded`: the time until then was made longer, which can be done once.',
          },
          expiresAt: { type: 'string', format: 'date-time' },
          revealed: {
            type: 'object',
            description: 'Set once the secret has been shown.',
            additionalProperties: false,
            required: ['by', 'at'],
            properties: {
              by: { type: 'string' },
              at: { type: 'string', format: 'date-time' },
            },
          },
          revealUntil: {
            type: 'string',
            format: 'date-time',
            description: 'After this the secret can no longer be shown.',
          },
          revocation: {
            type: 'object',
            description:
              'Set while a revocation is being confirmed: what is known so far.',
            additionalProperties: false,
            required: ['requestedAt', 'requestedBy', 'revivals'],
            properties: {
              requestedAt: { type: 'string', format: 'date-time' },
              requestedBy: { type: 'string' },
              revivals: {
                type: 'integer',
                description:
                  'Times the key came back after it had been removed.',
              },
              message: { type: 'string' },
            },
          },
          revocationWarning: {
            type: 'string',
            description:
              'Why taking this key away may not hold at its provider, as long as it works; names the setting to change.',
          },
          lastError: { type: 'string' },
          nextTryAt: { type: 'string', format: 'date-time' },
          createdBy: { type: 'string' },
          actions: {
            type: 'array',
            items: {
              type: 'string',
              enum: [
                'reveal',
                'revoke',
                'rotate',
                'cut-off',
                'extend',
                'cancel-rotation',
              ],
              description: 'What the caller may do with a credential now.',
            },
          },
          createdAt: { type: 'string', format: 'date-time' },
          updatedAt: { type: 'string', format: 'date-time' },
        },
      },
      RevealedSecret: {
        type: 'object',
        description: 'The only answer that carries a secret.',
        additionalProperties: false,
        required: ['secret', 'apis'],
        properties: {
          secret: { type: 'string' },
          headerName: {
            description: 'Both absent where no API takes the key in a header.',
            type: 'string',
          },
          headerValue: { type: 'string' },
          apis: {
            type: 'array',
            items: { $ref: '#/components/schemas/CalledApi' },
            description:
              'Each API of its products by itself: they may differ in address and in the place of the key.',
          },
          username: {
            type: 'string',
            description:
              'Both only for basic authentication, where people type them and programs take them apart.',
          },
          password: { type: 'string' },
        },
      },
      Provider: {
        type: 'object',
        description: 'A provider as the REST API shows it: never its token.',
        additionalProperties: false,
        required: [
          'id',
          'type',
          'title',
          'status',
          'findings',
          'revocation',
          'driftCount',
        ],
        properties: {
          id: { type: 'string' },
          type: { type: 'string' },
          title: { type: 'string' },
          gatewayUrl: {
            type: 'string',
            description: 'Where consumers call the proxied APIs.',
          },
          status: { type: 'string', enum: ['unknown', 'up', 'down'] },
          version: { type: 'string' },
          findings: {
            type: 'array',
            items: {
              type: 'object',
              description: 'Something a provider can or cannot do, in words.',
              additionalProperties: false,
              required: ['name', 'status', 'message'],
              properties: {
                name: {
                  type: 'string',
                  description: 'Stable name, e.g. `revocation`.',
                },
                status: { type: 'string', enum: ['ok', 'warning', 'error'] },
                message: {
                  type: 'string',
                  description:
                    "What this means for people; names the provider's setting to change where there is one.",
                },
              },
            },
          },
          message: { type: 'string', description: 'Why it is down.' },
          checkedAt: { type: 'string', format: 'date-time' },
          revocation: {
            type: 'string',
            enum: ['safe', 'unsafe', 'unknown'],
            description: 'Whether a key that is taken away is refused at once.',
          },
          lastSync: { $ref: '#/components/schemas/SyncSummary' },
          driftCount: {
            type: 'integer',
            description:
              'Open differences between the portal and the provider.',
          },
          driftCheckedAt: {
            type: 'string',
            format: 'date-time',
            description: 'When differences were last looked for.',
          },
        },
      },
      SyncRequest: {
        type: 'object',
        additionalProperties: false,
        properties: {
          confirmDrop: {
            type: 'boolean',
            description:
              'What is gone at the provider really is gone and may be hidden.',
          },
        },
      },
      SyncSummary: {
        type: 'object',
        description:
          'One synchronisation with a provider, without what it did.',
        additionalProperties: false,
        required: [
          'id',
          'provider',
          'trigger',
          'status',
          'counts',
          'createdAt',
        ],
        properties: {
          id: { type: 'string' },
          provider: { type: 'string' },
          trigger: {
            type: 'string',
            enum: ['start', 'schedule', 'request'],
            description: 'Why a synchronisation began.',
          },
          requestedBy: {
            type: 'string',
            description: 'Absent where the portal itself began it.',
          },
          status: {
            type: 'string',
            enum: ['queued', 'running', 'succeeded', 'held-back', 'failed'],
            description:
              '`held-back`: done, but what is gone waits for a platform owner to confirm.',
          },
          progress: {
            type: 'object',
            description: 'Policies looked at so far and in all, while it runs.',
            additionalProperties: false,
            required: ['done', 'total'],
            properties: {
              done: { type: 'integer' },
              total: { type: 'integer' },
            },
          },
          counts: { $ref: '#/components/schemas/SyncCounts' },
          message: {
            type: 'string',
            description: 'Why it failed or holds back.',
          },
          createdAt: { type: 'string', format: 'date-time' },
          startedAt: { type: 'string', format: 'date-time' },
          finishedAt: { type: 'string', format: 'date-time' },
        },
      },
      SyncRun: {
        type: 'object',
        description: 'One synchronisation with a provider.',
        additionalProperties: false,
        required: [
          'id',
          'provider',
          'trigger',
          'status',
          'counts',
          'items',
          'createdAt',
        ],
        properties: {
          id: { type: 'string' },
          provider: { type: 'string' },
          trigger: {
            type: 'string',
            enum: ['start', 'schedule', 'request'],
            description: 'Why a synchronisation began.',
          },
          requestedBy: {
            type: 'string',
            description: 'Absent where the portal itself began it.',
          },
          status: {
            type: 'string',
            enum: ['queued', 'running', 'succeeded', 'held-back', 'failed'],
            description:
              '`held-back`: done, but what is gone waits for a platform owner to confirm.',
          },
          progress: {
            type: 'object',
            description: 'Policies looked at so far and in all, while it runs.',
            additionalProperties: false,
            required: ['done', 'total'],
            properties: {
              done: { type: 'integer' },
              total: { type: 'integer' },
            },
          },
          counts: { $ref: '#/components/schemas/SyncCounts' },
          message: {
            type: 'string',
            description: 'Why it failed or holds back.',
          },
          createdAt: { type: 'string', format: 'date-time' },
          startedAt: { type: 'string', format: 'date-time' },
          finishedAt: { type: 'string', format: 'date-time' },
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/SyncItem' },
            description:
              'Everything but what was unchanged, at most 500; the counts tell of all.',
          },
        },
      },
      SyncCounts: {
        type: 'object',
        additionalProperties: false,
        required: [
          'created',
          'renamed',
          'updated',
          'hidden',
          'restored',
          'ignored',
          'held-back',
          'unchanged',
        ],
        properties: {
          created: { type: 'integer' },
          renamed: { type: 'integer' },
          updated: { type: 'integer' },
          hidden: { type: 'integer' },
          restored: { type: 'integer' },
          ignored: { type: 'integer' },
          'held-back': { type: 'integer' },
          unchanged: { type: 'integer' },
        },
      },
      SyncItem: {
        type: 'object',
        description:
          'What a synchronisation did with one policy of the provider.',
        additionalProperties: false,
        required: ['outcome', 'name', 'policyId'],
        properties: {
          outcome: {
            type: 'string',
            enum: [
              'created',
              'renamed',
              'updated',
              'hidden',
              'restored',
              'ignored',
              'held-back',
            ],
            description:
              '`held-back`: it would have been hidden, but too many were gone at once.',
          },
          kind: { type: 'string', enum: ['product', 'plan'] },
          ref: { type: 'string', description: 'The record it is linked with.' },
          name: { type: 'string', description: 'Its name at the provider.' },
          policyId: { type: 'string' },
          reason: {
            type: 'string',
            description: 'Why, or what changed, in words.',
          },
        },
      },
      DriftItem: {
        type: 'object',
        description:
          'A difference between what should be and what the provider has.',
        additionalProperties: false,
        required: [
          'id',
          'provider',
          'kind',
          'subject',
          'message',
          'differences',
          'status',
          'actions',
          'seen',
          'createdAt',
          'updatedAt',
        ],
        properties: {
          id: { type: 'string' },
          provider: { type: 'string' },
          kind: {
            type: 'string',
            enum: [
              'name',
              'limits',
              'access',
              'state',
              'tags',
              'expiry',
              'missing',
              'unknown',
              'revived',
              'orphaned',
              'marks',
              'paths',
            ],
            description:
              "In what the provider differs. `missing`: ours is not there; `unknown`: there is one with our mark that is not ours; `revived`: a key that was taken away is back; `orphaned`: a key's plan is not there; `marks`: a key does not tell whose it is; `paths`: paths of a product are shut that the portal leaves open.",
          },
          subject: {
            type: 'object',
            additionalProperties: false,
            required: ['kind', 'id', 'title'],
            properties: {
              kind: { type: 'string', enum: ['product', 'plan', 'credential'] },
              id: {
                type: 'string',
                description:
                  'For `unknown`, the name that the provider has for it.',
              },
              ref: { type: 'string' },
              title: { type: 'string', description: 'What people know it by.' },
            },
          },
          message: { type: 'string' },
          differences: {
            type: 'array',
            items: {
              type: 'object',
              description:
                'One field that differs; a side that has nothing is absent.',
              additionalProperties: false,
              required: ['field'],
              properties: {
                field: {
                  type: 'string',
                  description:
                    "In the portal's words, e.g. `rateLimit`, `quota`, `apis`.",
                },
                ours: { $ref: '#/components/schemas/JsonValue' },
                theirs: { $ref: '#/components/schemas/JsonValue' },
              },
            },
          },
          status: {
            type: 'string',
            enum: ['open', 'repairing', 'repaired', 'ignored', 'gone'],
            description:
              '`gone`: it was equal again the next time it was looked at.',
          },
          actions: {
            type: 'array',
            items: {
              type: 'string',
              enum: ['push-ours', 'take-theirs', 'ignore'],
              description: 'What can be done about a difference.',
            },
          },
          seen: { type: 'integer', description: 'How often it was found.' },
          resolution: {
            type: 'object',
            additionalProperties: false,
            required: ['action', 'at'],
            properties: {
              action: {
                type: 'string',
                enum: ['push-ours', 'take-theirs', 'ignore'],
                description: 'What can be done about a difference.',
              },
              by: { type: 'string' },
              at: { type: 'string', format: 'date-time' },
            },
          },
          lastError: {
            type: 'string',
            description: 'Why the last repair did not succeed.',
          },
          createdAt: { type: 'string', format: 'date-time' },
          updatedAt: { type: 'string', format: 'date-time' },
        },
      },
      CallPart: {
        type: 'object',
        description: 'A place in a request, by name.',
        additionalProperties: false,
        required: ['in', 'name'],
        properties: {
          in: { type: 'string', enum: ['header', 'query', 'cookie'] },
          name: { type: 'string' },
        },
      },
      CalledApi: {
        description: 'How a consumer with a key calls one API.',
        type: 'object',
        additionalProperties: false,
        required: ['title', 'alongside', 'notes'],
        properties: {
          title: {
            type: 'string',
            description:
              "Of the catalog's entity, or of the API at its provider.",
          },
          address: {
            description: 'Absent where it is not known.',
            type: 'string',
          },
          keyPlaces: {
            description:
              'Where the key goes, the first suits most clients. Absent where it is not known.',
            type: 'array',
            items: { $ref: '#/components/schemas/CallPart' },
          },
          alongside: {
            description: 'What goes along with each call, such as the version.',
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['in', 'name', 'value'],
              properties: {
                in: { type: 'string', enum: ['header', 'query', 'cookie'] },
                name: { type: 'string' },
                value: { type: 'string' },
              },
            },
          },
          notes: {
            type: 'array',
            items: { type: 'string' },
            description: 'What else callers must know, each a sentence.',
          },
        },
      },
      ProviderApi: {
        type: 'object',
        description: 'An API of a provider.',
        additionalProperties: false,
        required: ['id', 'name', 'listenPath', 'active', 'authentication'],
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          listenPath: { type: 'string' },
          active: { type: 'boolean' },
          authentication: {
            type: 'string',
            enum: ['auth-token', 'jwt', 'basic', 'mtls', 'keyless', 'other'],
          },
          internal: {
            type: 'boolean',
            description: 'Only other APIs of the gateway can call it.',
          },
          authenticationNote: {
            type: 'string',
            description:
              'What consumers have to know where `authentication` says too little, e.g. several methods, in words.',
          },
          versions: { type: 'array', items: { type: 'string' } },
          hasDefinition: {
            type: 'boolean',
            description: 'Whether the provider has a definition to publish.',
          },
          entity: {
            type: 'string',
            description:
              "The catalog's API entity that stands for it, where there is one.",
          },
          owner: {
            type: 'string',
            description:
              'Whose it is: who owns the entity that was known first, or that a platform owner decided for.',
          },
          claims: {
            type: 'array',
            items: {
              type: 'object',
              description:
                'An entity of the catalog that says that it stands for an API of a provider.',
              additionalProperties: false,
              required: ['entity', 'owner', 'counts'],
              properties: {
                entity: { type: 'string' },
                owner: { type: 'string' },
                counts: {
                  type: 'boolean',
                  description: "Whether the API is this owner's.",
                },
              },
            },
            description:
              'What claims to stand for it in the catalog; more than one where the owners are not agreed.',
          },
          heldBack: {
            type: 'array',
            items: {
              type: 'object',
              description: 'A product that names an API of somebody else.',
              additionalProperties: false,
              required: ['product', 'title', 'owner', 'reason'],
              properties: {
                product: { type: 'string' },
                title: { type: 'string' },
                owner: { type: 'string' },
                reason: {
                  type: 'string',
                  description: 'Why, and what is to be done.',
                },
              },
            },
            description:
              'Products that name it and may not open it until a platform owner agrees.',
          },
          agreements: {
            type: 'array',
            description:
              "Products that may open it although it is not their owner's.",
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['product', 'title', 'owner', 'agreedBy', 'agreedAt'],
              properties: {
                product: { type: 'string' },
                title: { type: 'string' },
                owner: { type: 'string' },
                agreedBy: { type: 'string' },
                agreedAt: { type: 'string', format: 'date-time' },
              },
            },
          },
          call: {
            type: 'object',
            description:
              'How consumers call it; absent where nothing is known of that.',
            additionalProperties: false,
            required: ['keyPlaces'],
            properties: {
              address: {
                type: 'string',
                description:
                  'Absolute URL; absent where it cannot be known, and then a note says why.',
              },
              keyPlaces: {
                type: 'array',
                items: { $ref: '#/components/schemas/CallPart' },
                description:
                  'Where the gateway looks for the key, each is enough; the one that suits most clients first.',
              },
              version: {
                type: 'object',
                description:
                  'Set where callers have to say which version they mean.',
                additionalProperties: false,
                required: ['in', 'values'],
                properties: {
                  in: {
                    type: 'string',
                    enum: ['header', 'query', 'cookie', 'path'],
                    description:
                      '`path`: the version is the first part of the path below the address.',
                  },
                  name: { type: 'string' },
                  values: {
                    type: 'array',
                    items: { type: 'string' },
                    description: 'As the gateway names them.',
                  },
                  fallback: {
                    type: 'string',
                    description:
                      'What a call without one gets; absent = such a call is refused.',
                  },
                },
              },
              notes: {
                type: 'array',
                items: { type: 'string' },
                description: 'What else callers must know, each a sentence.',
              },
            },
          },
        },
      },
      ApiDecision: {
        type: 'object',
        description:
          'Whose an API is, by its entity, or that a product may open it: one of the two.',
        additionalProperties: false,
        required: ['api'],
        properties: {
          api: { type: 'string', minLength: 1, maxLength: 255 },
          entity: { type: 'string', minLength: 1, maxLength: 255 },
          product: { type: 'string', minLength: 1, maxLength: 255 },
          withdraw: {
            type: 'boolean',
            description:
              'The product may not open it any longer; keys that exist stay, new ones wait.',
          },
        },
      },
      HistoryEntry: {
        type: 'object',
        description: 'One line of the readable history.',
        additionalProperties: false,
        required: ['id', 'at', 'subject', 'event', 'message'],
        properties: {
          id: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
          subject: {
            type: 'string',
            description: '`<noun>:<id>`, e.g. `credential:…`.',
          },
          event: {
            type: 'string',
            description:
              '`api-products.<noun>.<verb>` without the prefix, e.g. `credential.revealed`.',
          },
          actor: {
            type: 'string',
            description: 'Absent where the portal itself acted.',
          },
          message: { type: 'string' },
          reason: {
            type: 'string',
            description: 'What the person gave as the reason.',
          },
          changes: {
            type: 'array',
            items: { $ref: '#/components/schemas/HistoryChange' },
            description: 'What is other than before.',
          },
        },
      },
      HistoryChange: {
        type: 'object',
        description:
          'A field of a record, before and after. Long texts are shortened, and left out where their beginning is the same.',
        additionalProperties: false,
        required: ['field'],
        properties: {
          field: { type: 'string' },
          before: {
            type: 'string',
            description: 'Absent where there was nothing.',
          },
          after: {
            type: 'string',
            description: 'Absent where nothing is left.',
          },
        },
      },
      HistoryVerification: {
        type: 'object',
        description: 'Whether the history is as it was written.',
        additionalProperties: false,
        required: ['whole', 'lines', 'unsealed', 'late'],
        properties: {
          whole: { type: 'boolean' },
          lines: {
            type: 'integer',
            description:
              'How many lines are in the chain and right, from the first on.',
          },
          hash: {
            type: 'string',
            description:
              'Of the last of these lines: note it elsewhere, with their number.',
          },
          unsealed: {
            type: 'integer',
            description:
              'Lines that were just written and are not in the chain yet.',
          },
          late: {
            type: 'integer',
            description:
              'Lines that say they are more than an hour older than one before them: written late, or put in.',
          },
          firstLate: {
            type: 'integer',
            description: 'The place of the first of them.',
          },
          problem: {
            type: 'object',
            description: 'The first place where the chain is not right.',
            additionalProperties: false,
            required: ['kind', 'position'],
            properties: {
              kind: {
                type: 'string',
                enum: [
                  'changed',
                  'removed',
                  'inserted',
                  'unlinked',
                  'rewritten',
                ],
                description:
                  '`changed`: the line is not what was hashed. `removed`: there is no line at this place. `inserted`: the line stands behind the end of the chain. `unlinked`: this line or the one before it was exchanged. `rewritten`: it has another hash than the one that was noted.',
              },
              position: { type: 'integer' },
              line: { type: 'string', description: 'Id of the line.' },
              at: { type: 'string', format: 'date-time' },
              subject: { type: 'string' },
              message: { type: 'string' },
            },
          },
        },
      },
      Me: {
        type: 'object',
        description: 'The caller.',
        additionalProperties: false,
        required: [
          'user',
          'groups',
          'platformOwner',
          'planAuthor',
          'ownedProducts',
          'counts',
        ],
        properties: {
          user: { type: 'string' },
          groups: { type: 'array', items: { type: 'string' } },
          platformOwner: { type: 'boolean' },
          platformOwners: {
            type: 'array',
            items: { type: 'string' },
            description:
              'Whom to ask for what only platform owners may do: groups and users.',
          },
          planAuthor: {
            type: 'boolean',
            description: 'Whether the caller may make and change plans.',
          },
          ownedProducts: {
            type: 'array',
            items: { type: 'string' },
            description: 'Refs of the products the caller decides about',
            'the first 100.': null,
          },
          moreOwnedProducts: {
            type: 'boolean',
            enum: [true],
            description: 'They decide about more than are named.',
          },
          counts: {
            type: 'object',
            additionalProperties: false,
            required: ['pendingForMe', 'myPending'],
            properties: {
              pendingForMe: {
                type: 'integer',
                description: "Requests that wait for the caller's decision.",
              },
              myPending: {
                type: 'integer',
                description:
                  "The caller's own requests that wait for somebody else.",
              },
            },
          },
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
      ApplicationPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Application' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      AccessRequestPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/AccessRequest' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      SubscriptionPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Subscription' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      CredentialPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Credential' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      ProviderPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/Provider' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      ProviderApiPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/ProviderApi' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      SyncRunPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/SyncRun' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      DriftItemPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/DriftItem' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
      HistoryPage: {
        type: 'object',
        additionalProperties: false,
        required: ['items', 'totalItems', 'pageInfo'],
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/components/schemas/HistoryEntry' },
          },
          totalItems: { type: 'integer' },
          totalIsAtLeast: { type: 'boolean', enum: [true] },
          pageInfo: { $ref: '#/components/schemas/PageInfo' },
        },
      },
    },
  },
} as const;
