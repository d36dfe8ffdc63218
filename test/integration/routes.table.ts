/**
 * Who gets what from which route: the contract of the API with people, one line per route and subject. The test runs
 * every cell, and fails for a route of openapi.yaml without a line and for a line without a route.
 *
 * The people are the demo's, as they stand towards the product `payments` of payments-team and towards what dana of
 * shop-team asks for: a stranger is gus, in no group; the requester is dana and her team mate devin; the product's owner
 * is omar, another product's owner is liam of logistics-team (who owns `tracking`); the platform's owner is paula; a
 * service is another backend plugin.
 *
 * 404 is for people who must not know that there is something; 403 for those who may know, and are told who may.
 */
export const TABLE = `
                                            |                                 | nobody stranger requester mate owner other platform service

GET    /products                            | -                               |   401    200      200     200   200   200    200      200
GET    /product-cards                       | -                               |   401    200      200     200   200   200    200      200
GET    /product-facets                      | -                               |   401    200      200     200   200   200    200      200
GET    /products/{namespace}/{name}         | product payments                |   401    200      200     200   200   200    200      200
GET    /products/{namespace}/{name}         | draft tracking                  |   401    404      404     404   404   200    200      200
GET    /products/{namespace}/{name}         | announced loyalty               |   401    200      200     200   200   200    200      200
GET    /products/{namespace}/{name}         | deprecated orders-v1            |   401    200      200     200   200   200    200      200
GET    /products/{namespace}/{name}         | documentation handbook          |   401    200      200     200   200   200    200      200
GET    /products/{namespace}/{name}         | partners/payments               |   401    404      404     404   200   404    200      200
GET    /products/{namespace}/{name}         | what is not there               |   401    404      404     404   404   404    404      404
GET    /plans                               | -                               |   401    200      200     200   200   200    200      200
GET    /plans/{namespace}/{name}            | plan gold                       |   401    200      200     200   200   200    200      200
GET    /plans/{namespace}/{name}            | plan for partners only          |   401    404      404     404   404   404    200      200
GET    /plans/{namespace}/{name}            | what is not there               |   401    404      404     404   404   404    404      404
GET    /catalogues                          | -                               |   401    200      200     200   200   200    200      200
GET    /catalogues/{namespace}/{name}       | catalogue internal              |   401    200      200     200   200   200    200      200
GET    /catalogues/{namespace}/{name}       | catalogue partners              |   401    404      404     404   200   404    200      200
GET    /catalogues/{namespace}/{name}       | catalogue pilot                 |   401    404      200     404   404   200    200      200
GET    /catalogues/{namespace}/{name}       | what is not there               |   401    404      404     404   404   404    404      404

POST   /products                            | own product                     |   401    201      201     201   201   201    201      403
POST   /products                            | product of payments-team        |   401    403      403     403   201   403    201      403
POST   /products                            | product of another's API        |   401    403      403     403   403   201    201      403
POST   /products                            | product without an owner        |   401    400      400     400   400   400    400      403
POST   /products                            | product whose name is taken     |   401    409      409     409   409   409    409      403
PATCH  /products/{namespace}/{name}         | portal product                  |   401    403      403     403   200   403    200      403
PATCH  /products/{namespace}/{name}         | portal draft                    |   401    404      404     404   200   404    200      403
PATCH  /products/{namespace}/{name}         | portal product changed since    |   401    403      403     403   409   403    409      403
PATCH  /products/{namespace}/{name}         | portal product to strangers     |   401    403      403     403   403   403    200      403
PATCH  /products/{namespace}/{name}         | product payments                |   401    403      403     403   409   403    409      403
PATCH  /products/{namespace}/{name}         | what is not there               |   401    404      404     404   404   404    404      403
DELETE /products/{namespace}/{name}         | portal product                  |   401    403      403     403   204   403    204      403
DELETE /products/{namespace}/{name}         | portal draft                    |   401    404      404     404   204   404    204      403
DELETE /products/{namespace}/{name}         | portal product in use           |   401    403      403     403   409   403    409      403
DELETE /products/{namespace}/{name}         | product payments                |   401    403      403     403   409   403    409      403
DELETE /products/{namespace}/{name}         | what is not there               |   401    404      404     404   404   404    404      403
GET    /products/{namespace}/{name}/deletion | portal product                  |   401    403      403     403   200   403    200      403
GET    /products/{namespace}/{name}/deletion | portal draft                    |   401    404      404     404   200   404    200      403
GET    /products/{namespace}/{name}/deletion | product payments                |   401    403      403     403   200   403    200      403
GET    /products/{namespace}/{name}/deletion | what is not there               |   401    404      404     404   404   404    404      403
GET    /products/{namespace}/{name}/definitions/{providerApiId} | definition of payments          |   401    200      200     200   200   200    200      200
GET    /products/{namespace}/{name}/definitions/{providerApiId} | definition of draft tracking    |   401    404      404     404   404   200    200      200
GET    /products/{namespace}/{name}/definitions/{providerApiId} | definition of another API       |   401    404      404     404   404   404    404      404
GET    /products/{namespace}/{name}/definitions/{providerApiId} | API without a definition        |   401    404      404     404   404   404    404      404
POST   /plans                               | own plan                        |   401    403      403     403   403   403    201      403
POST   /plans                               | plan of payments-team           |   401    403      403     403   403   403    201      403
POST   /plans                               | plan without limits             |   401    403      403     403   403   403    400      403
PATCH  /plans/{namespace}/{name}            | portal plan                     |   401    403      403     403   403   403    200      403
PATCH  /plans/{namespace}/{name}            | portal plan in no catalogue     |   401    404      404     404   403   404    200      403
PATCH  /plans/{namespace}/{name}            | plan gold                       |   401    403      403     403   403   403    409      403
PATCH  /plans/{namespace}/{name}            | what is not there               |   401    404      404     404   404   404    404      403
DELETE /plans/{namespace}/{name}            | portal plan                     |   401    403      403     403   403   403    204      403
DELETE /plans/{namespace}/{name}            | portal plan in use              |   401    403      403     403   403   403    409      403
DELETE /plans/{namespace}/{name}            | plan gold                       |   401    403      403     403   403   403    409      403
GET    /plans/{namespace}/{name}/deletion   | portal plan                     |   401    403      403     403   200   403    200      403
GET    /plans/{namespace}/{name}/deletion   | plan gold                       |   401    403      403     403   403   403    200      403
GET    /plans/{namespace}/{name}/deletion   | what is not there               |   401    404      404     404   404   404    404      403
POST   /catalogues                          | own catalogue                   |   401    201      201     201   201   201    201      403
POST   /catalogues                          | catalogue of payments-team      |   401    403      403     403   201   403    201      403
PATCH  /catalogues/{namespace}/{name}       | portal catalogue                |   401    403      403     403   200   403    200      403
PATCH  /catalogues/{namespace}/{name}       | private portal catalogue        |   401    404      404     404   200   404    200      403
PATCH  /catalogues/{namespace}/{name}       | catalogue internal              |   401    403      403     403   403   403    409      403
PATCH  /catalogues/{namespace}/{name}       | what is not there               |   401    404      404     404   404   404    404      403
DELETE /catalogues/{namespace}/{name}       | portal catalogue                |   401    403      403     403   204   403    204      403
DELETE /catalogues/{namespace}/{name}       | catalogue internal              |   401    403      403     403   403   403    409      403
DELETE /catalogues/{namespace}/{name}       | what is not there               |   401    404      404     404   404   404    404      403

GET    /applications                        | -                               |   401    200      200     200   200   200    200      403
POST   /applications                        | own application                 |   401    201      201     201   201   201    201      403
POST   /applications                        | application of shop-team        |   401    403      201     201   403   403    403      403
GET    /applications/{id}                   | existing application            |   401    404      200     200   404   404    200      403
GET    /applications/{id}                   | what is not there               |   401    404      404     404   404   404    404      403
PATCH  /applications/{id}                   | existing application            |   401    404      200     200   404   404    403      403
PATCH  /applications/{id}                   | application to own hands        |   401    404      200     200   404   404    403      403
PATCH  /applications/{id}                   | application to strangers        |   401    404      403     403   404   404    403      403
DELETE /applications/{id}                   | existing application            |   401    404      204     204   404   404    403      403
DELETE /applications/{id}                   | application in use              |   401    404      409     409   404   404    403      403

GET    /access-requests                     | -                               |   401    200      200     200   200   200    200      403
GET    /access-requests                     | as approver                     |   401    200      200     200   200   200    200      403
POST   /access-requests                     | manual plan, own application    |   401    201      201     201   201   201    201      403
POST   /access-requests                     | automatic plan, own application |   401    201      201     201   201   201    201      403
POST   /access-requests                     | for the existing application    |   401    404      201     201   404   404    404      403
POST   /access-requests                     | for a new one of shop-team      |   401    403      201     201   403   403    403      403
POST   /access-requests                     | of draft tracking               |   401    404      404     404   404   409    409      403
POST   /access-requests                     | of announced loyalty            |   401    409      409     409   409   409    409      403
POST   /access-requests                     | of deprecated orders-v1         |   401    409      409     409   409   409    409      403
POST   /access-requests                     | of documentation handbook       |   401    409      409     409   409   409    409      403
POST   /access-requests                     | of partners/payments            |   401    404      404     404   201   404    201      403
POST   /access-requests                     | on a plan that it does not have |   401    400      400     400   400   400    400      403
POST   /access-requests                     | without the required terms      |   401    400      400     400   400   400    400      403
POST   /access-requests                     | in the name of somebody else    |   401    400      400     400   400   400    400      400
GET    /access-requests/{id}                | pending request                 |   401    404      200     200   200   404    200      403
GET    /access-requests/{id}                | what is not there               |   401    404      404     404   404   404    404      403
PATCH  /access-requests/{id}                | pending request                 |   401    404      200     403   403   404    403      403
PATCH  /access-requests/{id}                | decided request                 |   401    404      409     403   403   404    403      403
POST   /access-requests/decide              | several requests                |   401    200      200     200   200   200    200      403
POST   /access-requests/decide              | a request twice                 |   401    400      400     400   400   400    400      403
POST   /access-requests/decide              | a rejection without a comment   |   401    400      400     400   400   400    400      403
POST   /access-requests/{id}/approve        | pending request                 |   401    403      403     403   200   403    200      403
POST   /access-requests/{id}/approve        | request edited since            |   401    403      403     403   409   403    409      403
POST   /access-requests/{id}/approve        | decided request                 |   401    403      403     403   409   403    409      403
POST   /access-requests/{id}/approve        | the owner's own request         |   401    403      403     403   403   403    200      403
POST   /access-requests/{id}/approve        | the platform owner's request    |   401    403      403     403   200   403    403      403
POST   /access-requests/{id}/approve        | what is not there               |   401    404      404     404   404   404    404      403
POST   /access-requests/{id}/reject         | pending request                 |   401    403      403     403   200   403    200      403
POST   /access-requests/{id}/reject         | decided request                 |   401    403      403     403   409   403    409      403
POST   /access-requests/{id}/reject         | the owner's own request         |   401    403      403     403   403   403    200      403
POST   /access-requests/{id}/cancel         | pending request                 |   401    404      200     200   403   404    403      403
POST   /access-requests/{id}/cancel         | decided request                 |   401    404      409     409   403   404    403      403

GET    /subscriptions                       | -                               |   401    200      200     200   200   200    200      403
GET    /subscriptions                       | as owner                        |   401    200      200     200   200   200    200      403
GET    /subscriptions/{id}                  | active subscription             |   401    404      200     200   200   404    200      403
GET    /subscriptions/{id}                  | what is not there               |   401    404      404     404   404   404    404      403
POST   /subscriptions/{id}/revoke           | active subscription             |   401    404      200     200   200   404    200      403
POST   /subscriptions/{id}/change-plan      | active subscription             |   401    404      201     201   403   404    403      403
POST   /subscriptions/{id}/change-plan      | suspended subscription          |   401    404      409     409   403   404    403      403
POST   /subscriptions/{id}/withdraw-plan-change | active subscription         |   401    404      409     409   403   404    403      403
POST   /subscriptions/{id}/withdraw-plan-change | moving subscription         |   401    404      200     200   403   404    403      403
POST   /subscriptions/{id}/suspend          | active subscription             |   401    404      403     403   200   404    200      403
POST   /subscriptions/{id}/resume           | active subscription             |   401    404      403     403   409   404    409      403
POST   /subscriptions/{id}/resume           | suspended subscription          |   401    404      403     403   200   404    200      403
POST   /subscriptions/{id}/retry            | active subscription             |   401    404      409     409   409   404    409      403
POST   /subscriptions/{id}/retry            | failed subscription             |   401    404      200     200   200   404    200      403
POST   /subscriptions/{id}/renew            | active subscription             |   401    404      409     409   403   404    403      403
GET    /subscriptions/{id}/credentials      | active subscription             |   401    404      200     200   200   404    200      403
POST   /subscriptions/{id}/credentials      | active subscription             |   401    404      201     201   403   404    403      403
POST   /subscriptions/{id}/credentials      | one instead of the lost one     |   401    404      201     201   403   404    403      403
POST   /subscriptions/{id}/credentials      | somebody else's instead         |   401    404      400     400   403   404    403      403
POST   /credentials/{id}/reveal             | unseen key                      |   401    404      200     200   403   404    403      403
POST   /credentials/{id}/reveal             | seen key                        |   401    404      410     410   403   404    403      403
POST   /credentials/{id}/reveal             | what is not there               |   401    404      404     404   404   404    404      403
POST   /credentials/{id}/revoke             | unseen key                      |   401    404      200     200   200   404    200      403
POST   /credentials/{id}/rotate             | unseen key                      |   401    404      201     201   403   404    403      403
POST   /credentials/{id}/rotate             | rotated key                     |   401    404      409     409   403   404    403      403
POST   /credentials/{id}/cut-off            | unseen key                      |   401    404      409     409   403   404    403      403
POST   /credentials/{id}/cut-off            | rotated key                     |   401    404      200     200   403   404    403      403
POST   /credentials/{id}/extend             | unseen key                      |   401    404      409     409   403   404    403      403
POST   /credentials/{id}/extend             | rotated key                     |   401    404      200     200   403   404    403      403
POST   /credentials/{id}/cancel-rotation    | unseen key                      |   401    404      409     409   403   404    403      403
POST   /credentials/{id}/cancel-rotation    | rotated key                     |   401    404      200     200   403   404    403      403

GET    /providers                           | -                               |   401    403      403     403   403   403    200      403
GET    /providers/{id}                      | provider sandbox                |   401    403      403     403   403   403    200      403
GET    /providers/{id}                      | what is not there               |   401    403      403     403   403   403    404      403
GET    /providers/{id}/apis                 | provider sandbox                |   401    403      403     403   403   403    200      403
POST   /providers/{id}/apis/decide          | provider sandbox                |   401    403      403     403   403   403    200      403
POST   /providers/{id}/apis/decide          | what is not there               |   401    403      403     403   403   403    404      403
POST   /providers/{id}/sync                 | provider sandbox                |   401    403      403     403   403   403    202      403
POST   /providers/{id}/sync                 | what is not there               |   401    403      403     403   403   403    404      403
GET    /providers/{id}/sync-runs            | provider sandbox                |   401    403      403     403   403   403    200      403
GET    /providers/{id}/drift                | provider sandbox                |   401    403      403     403   403   403    200      403
GET    /providers/{id}/drift                | what is not there               |   401    403      403     403   403   403    404      403
POST   /providers/{id}/drift/check          | provider sandbox                |   401    403      403     403   403   403    202      403
POST   /providers/{id}/drift/{item}/repair  | an unknown difference           |   401    403      403     403   403   403    404      403
GET    /catalog-records                     | -                               |   401    403      403     403   403   403    403      200
GET    /catalog-removals                    | -                               |   401    403      403     403   403   403    200      403
POST   /catalog-removals                    | -                               |   401    403      403     403   403   403    403      200
POST   /catalog-removals/confirm            | -                               |   401    403      403     403   403   403    200      403
GET    /gone-records                        | -                               |   401    403      403     403   403   403    200      403
POST   /gone-records/confirm-rename         | what is not there               |   401    403      403     403   403   403    404      403
GET    /ownerless                           | -                               |   401    403      403     403   403   403    200      403
GET    /history                             | -                               |   401    200      200     200   200   200    200      403
GET    /history/export                      | -                               |   401    200      200     200   200   200    200      403
GET    /history/verification                | -                               |   401    403      403     403   403   403    200      403
GET    /me                                  | -                               |   401    200      200     200   200   200    200      403
`;
