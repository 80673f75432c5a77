const UNTRUSTED =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+|CERT_SIGNATURE_FAILURE|CERT_UNTRUSTED|CERT_CHAIN_TOO_LONG|INVALID_CA|INVALID_PURPOSE)$/;
const OUT_OF_DATE = /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|CERT_REVOKED)$/;
const OTHER_HOST = "ERR_TLS_CERT_ALTNAME_INVALID";
const NO_TLS = "The server does not support SSL connections";
const NO_AUTHORITY = "Using sslmode=verify-ca requires";

/**
 * Why no encrypted connection to a PostgreSQL server comes about, to follow the name of the database: what was refused, and
 * which parameter of `connection_url` it is about. Null for any other error. Such a failure does not pass by itself.
 */
export function explainTlsFailure(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    const found = explain(current);
    if (found !== null) return found;
  }
  return null;
}

function explain(error: Error): string | null {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (error.message.includes(NO_TLS)) return "speaks no TLS, which sslmode of connection_url asks for";
  if (error.message.includes(NO_AUTHORITY))
    return "cannot be asked: sslmode=verify-ca needs sslrootcert in connection_url";
  // The parameters' files are read before anything is sent; a socket is connected to, not opened.
  if ("syscall" in error && error.syscall === "open" && "path" in error)
    return `cannot be asked: ${error.path}, which connection_url names for TLS, cannot be read (${code})`;
  if (UNTRUSTED.test(code))
    return `has a certificate that the authority in sslrootcert of connection_url did not issue (${code})`;
  if (OUT_OF_DATE.test(code)) return `has a certificate that is not valid at this time (${code})`;
  if (code === OTHER_HOST) return "has a certificate for other hosts than the one in connection_url";
  if (/^ERR_(SSL|OSSL|TLS)_/.test(code))
    return `refuses TLS as connection_url has it (${code}): sslrootcert, sslcert and sslkey may not fit`;
  return null;
}
