/**
 * A certificate that nobody has signed, for 127.0.0.1, with its key: as networks show one that read what passes. It was
 * made for these tests and is used nowhere else.
 */
export const foreignCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXqRv8sYVF/es//wW
qKhmFFwIttdu1DgkQ+Z7efprCUqhRANCAATAMqmnr25N7oYHqpS/pMcYbG7G6P9G
lRGm8K2IlKzGAAVQSyWKAKxKuO9CGyaI7qxB4jvJVeNRt5DAs62I1b6T
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBsjCCAVigAwIBAgIUUdtoS5waRMBZ5Om0Y7sRutekLN0wCgYIKoZIzj0EAwIw
JTEjMCEGA1UEAwwaQSBuZXR3b3JrIHRoYXQgcmVhZHMgYWxvbmcwIBcNMjYxMTI5
MjExOTEzWhgPMjEyNjExMDUyMTE5MTNaMCUxIzAhBgNVBAMMGkEgbmV0d29yayB0
aGF0IHJlYWRzIGFsb25nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEwDKpp69u
Te6GB6qUv6THGGxuxuj/RpURpvCtiJSsxgAFUEsligCsSrjvQhsmiO6sQeI7yVXj
UbeQwLOtiNW+k6NkMGIwHQYDVR0OBBYEFHFyyMF6G106ixVJrNI0zBxVqjb3MB8G
A1UdIwQYMBaAFHFyyMF6G106ixVJrNI0zBxVqjb3MA8GA1UdEwEB/wQFMAMBAf8w
DwYDVR0RBAgwBocEfwAAATAKBggqhkjOPQQDAgNIADBFAiAKRe+m8KJP/FbmR7+i
q+pQel2o9z5P59W52p22VrmsgAIhAPIaQMSzErSbAUy28TqMFVfeQZb/hlpp9d8N
hrV4jzct
-----END CERTIFICATE-----
`,
}
