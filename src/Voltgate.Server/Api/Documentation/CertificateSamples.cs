namespace Voltgate.Server.Api;

/// <summary>A certificate, and a signature of its key, in the documentation's examples.</summary>
internal static class CertificateSamples
{
    public const string Pem = """
        -----BEGIN CERTIFICATE-----
        MIIBiTCCATCgAwIBAgIETxybJzAKBggqhkjOPQQDAjAyMRUwEwYDVQQDDAxFeGFt
        cGxlIFJvb3QxGTAXBgNVBAoMEEV4YW1wbGUgQ2hhcmdpbmcwIBcNMjUwMTAxMDAw
        MDAwWhgPMjA3OTAxMDEwMDAwMDBaMDIxFTATBgNVBAMMDEV4YW1wbGUgUm9vdDEZ
        MBcGA1UECgwQRXhhbXBsZSBDaGFyZ2luZzBZMBMGByqGSM49AgEGCCqGSM49AwEH
        A0IABP6e7fFm7gtofZxyKSADFSo/sYL0KQNKjWtGek89CPgnewxdkpWPO74FBgmi
        fTquF6tsipBrcMMFiSDM7i+k4eGjMjAwMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0O
        BBYEFIlikIIksPbw2wKjXBm7CdE2mptMMAoGCCqGSM49BAMCA0cAMEQCICIEaz1O
        1OdT74aM/mrE4jnMEJnWUZnR1CAlRRs88DZjAiBAuf6Gv/JEnyf4URUoPuPIA9Mf
        aqP0AAjMdXbUF1RzMw==
        -----END CERTIFICATE-----
        """;

    public const string Signature =
        "MEQCIGx+R3oJ1i2ojnviuvz/tWGD020PS52eA76hghFOwMhEAiB12ai81v0dCH4w"
        + "3evMdyfi3t4prNpA9NkgnrCOe5Bs/g==";
}
