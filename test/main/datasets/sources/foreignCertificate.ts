/**
 * A certificate that nobody has signed, for 127.0.0.1 and files.example.org, with its key: as networks show one that
 * read what passes. It was made for these tests and is used nowhere else.
 */
export const foreignCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXqRv8sYVF/es//wW
qKhmFFwIttdu1DgkQ+Z7efprCUqhRANCAATAMqmnr25N7oYHqpS/pMcYbG7G6P9G
lRGm8K2IlKzGAAVQSyWKAKxKuO9CGyaI7qxB4jvJVeNRt5DAs62I1b6T
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBxTCCAWugAwIBAgIUB5IbfR/qPNFgQ0eB2hMW86wJurEwCgYIKoZIzj0EAwIw
JTEjMCEGA1UEAwwaQSBuZXR3b3JrIHRoYXQgcmVhZHMgYWxvbmcwIBcNMjYxMTMw
MTMxNzMxWhgPMjEyNjExMDYxMzE3MzFaMCUxIzAhBgNVBAMMGkEgbmV0d29yayB0
aGF0IHJlYWRzIGFsb25nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEwDKpp69u
Te6GB6qUv6THGGxuxuj/RpURpvCtiJSsxgAFUEsligCsSrjvQhsmiO6sQeI7yVXj
UbeQwLOtiNW+k6N3MHUwHQYDVR0OBBYEFHFyyMF6G106ixVJrNI0zBxVqjb3MB8G
A1UdIwQYMBaAFHFyyMF6G106ixVJrNI0zBxVqjb3MA8GA1UdEwEB/wQFMAMBAf8w
IgYDVR0RBBswGYcEfwAAAYIRZmlsZXMuZXhhbXBsZS5vcmcwCgYIKoZIzj0EAwID
SAAwRQIhAJm18MfT9JCRBlKsOhx1o0+YHQB81T806h0MLZ0fxRooAiA3KXp+2c24
7lRS1we9BB5ZJP4dK9hLoD+MMnf0VKf9nQ==
-----END CERTIFICATE-----
`,
}
