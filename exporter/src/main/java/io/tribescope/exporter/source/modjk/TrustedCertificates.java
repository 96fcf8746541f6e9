package io.tribescope.exporter.source.modjk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are trusted. Verification cannot be switched off. */
public final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * Those that the JVM trusts; its properties {@code javax.net.ssl.*} apply, also for a client
   * certificate.
   *
   * @throws IllegalArgumentException with one line that names those properties, when they name a
   *     store that cannot be used
   */
  public static SSLContext ofTheJvm() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      // Its causes tell no file, and mostly nothing at all.
      throw new IllegalArgumentException(
          "Java cannot use %s; the file must be there, and its password and type right"
              .formatted(storesOfTheJvm()),
          e);
    }
  }

  /** Nobody's: for plain http, which must not fail for a store that it does not use. */
  public static SSLContext none() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /**
   * Only those in the file.
   *
   * @param pem one or more certificates
   * @throws IllegalArgumentException with one line, when the file cannot be read or holds none
   */
  public static SSLContext in(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException(pem + " holds no certificate in PEM form");
      }
      return trusting(certificates);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + pem, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(pem + " holds no certificate in PEM form", e);
    }
  }

  private static String storesOfTheJvm() {
    String stores =
        Stream.of("javax.net.ssl.keyStore", "javax.net.ssl.trustStore")
            .filter(property -> System.getProperty(property) != null)
            .map(property -> "-D%s=%s".formatted(property, System.getProperty(property)))
            .collect(Collectors.joining(" or "));
    return stores.isEmpty() ? "the certificates that Java trusts" : stores;
  }

  private static SSLContext trusting(Collection<? extends Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
