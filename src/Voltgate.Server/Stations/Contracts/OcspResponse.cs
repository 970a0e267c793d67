using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Stations;

/// <summary>What an authority says of one of its certificates (RFC 6960), signed by itself.</summary>
internal static class OcspResponse
{
    private const string Basic = "1.3.6.1.5.5.7.48.1.1";
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";

    private static readonly TimeSpan Validity = TimeSpan.FromDays(7);

    /// <summary>Whether the name is of a certificate that this authority has signed.</summary>
    public static bool IsOf(X509Certificate2 authority, CertificateName name) =>
        HashOf(name.Algorithm) is { } hash
        && name.SerialNumber.Length > 0 && name.SerialNumber.All(char.IsAsciiHexDigit)
        && IsHash(name.IssuerNameHash, CryptographicOperations.HashData(hash, authority.SubjectName.RawData))
        && IsHash(
            name.IssuerKeyHash,
            CryptographicOperations.HashData(hash, authority.PublicKey.EncodedKeyValue.RawData));

    /// <summary>DER.</summary>
    /// <param name="authority">With its ECDSA key; the certificate is of its.</param>
    /// <param name="isGood">Else it is unknown.</param>
    public static byte[] Write(X509Certificate2 authority, CertificateName name, bool isGood, DateTimeOffset now)
    {
        var told = Told(authority, name, isGood, now);
        using var key = authority.GetECDsaPrivateKey()!;
        var basic = new AsnWriter(AsnEncodingRules.DER);
        using (basic.PushSequence())
        {
            basic.WriteEncodedValue(told);
            using (basic.PushSequence()) basic.WriteObjectIdentifier(EcdsaWithSha256);
            basic.WriteBitString(key.SignData(
                told, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        var response = new AsnWriter(AsnEncodingRules.DER);
        using (response.PushSequence())
        {
            response.WriteEnumeratedValue(Status.Successful);
            using (response.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (response.PushSequence())
            {
                response.WriteObjectIdentifier(Basic);
                response.WriteOctetString(basic.Encode());
            }
        }

        return response.Encode();
    }

    private enum Status
    {
        Successful = 0,
    }

    /// <summary>ResponseData: by whom, when, and of what.</summary>
    private static byte[] Told(X509Certificate2 authority, CertificateName name, bool isGood, DateTimeOffset now)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                writer.WriteEncodedValue(authority.SubjectName.RawData);
            writer.WriteGeneralizedTime(now, omitFractionalSeconds: true);
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                WriteName(writer, name);
                writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, isGood ? 0 : 2));
                writer.WriteGeneralizedTime(now, omitFractionalSeconds: true);
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                    writer.WriteGeneralizedTime(now + Validity, omitFractionalSeconds: true);
            }
        }

        return writer.Encode();
    }

    private static void WriteName(AsnWriter writer, CertificateName name)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(CryptoConfig.MapNameToOID(name.Algorithm)!);
                writer.WriteNull();
            }

            writer.WriteOctetString(Convert.FromHexString(name.IssuerNameHash));
            writer.WriteOctetString(Convert.FromHexString(name.IssuerKeyHash));
            writer.WriteInteger(BigInteger.Parse(
                "0" + name.SerialNumber, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        }
    }

    private static bool IsHash(string told, byte[] hash) =>
        string.Equals(told, Convert.ToHexString(hash), StringComparison.OrdinalIgnoreCase);

    private static HashAlgorithmName? HashOf(string word) => word switch
    {
        "SHA256" => HashAlgorithmName.SHA256,
        "SHA384" => HashAlgorithmName.SHA384,
        "SHA512" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
