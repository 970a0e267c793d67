using Voltgate.Ocpp.V2;
using Own = Voltgate.Ocpp.V16;

namespace Voltgate.Simulator.V2;

/// <summary>Root certificates: 2.x M03 to M05. The station has no use for those of ISO 15118.</summary>
internal static class Roots
{
    public static InstallCertificateResponse Install(Turn turn, InstallCertificateRequest request)
    {
        if (UseOf(request.CertificateType.ToString()) is not { } use) return new(InstallCertificateStatus.Rejected);
        var answer = Certificates.Install(turn, new Own.InstallCertificateRequest(use, request.Certificate));
        return new(Translation.Same<InstallCertificateStatus>(answer.Status));
    }

    public static GetInstalledCertificateIdsResponse List(Turn turn, GetInstalledCertificateIdsRequest request)
    {
        var uses = request.CertificateType?.Select(t => UseOf(t.ToString())).ToHashSet();
        var found = turn.State.Certificates.Where(c => uses is null || uses.Contains(c.Use))
            .Select(c => new CertificateHashDataChain(Translation.HashOf(c.Hash), WordOf(c.Use))).ToList();
        return found.Count == 0
            ? new(GetInstalledCertificateStatus.NotFound)
            : new(GetInstalledCertificateStatus.Accepted, CertificateHashDataChain: [.. found]);
    }

    public static DeleteCertificateResponse Delete(Turn turn, DeleteCertificateRequest request)
    {
        var answer = Certificates.Delete(
            turn, new Own.DeleteCertificateRequest(Translation.HashOf(request.CertificateHashData)));
        return new(Translation.Same<DeleteCertificateStatus>(answer.Status));
    }

    private static Own.CertificateUseType? UseOf(string word) => word switch
    {
        "CSMSRootCertificate" => Own.CertificateUseType.CentralSystemRootCertificate,
        "ManufacturerRootCertificate" => Own.CertificateUseType.ManufacturerRootCertificate,
        _ => null,
    };

    private static GetCertificateIdUse WordOf(Own.CertificateUseType use) =>
        use == Own.CertificateUseType.CentralSystemRootCertificate
            ? GetCertificateIdUse.CSMSRootCertificate
            : GetCertificateIdUse.ManufacturerRootCertificate;
}
