# language: fi
Ominaisuus: Laki ja alueen omat asetukset
  Sama polku palvelee jokaista hyvinvointialuetta. Alue päättää tavoitteistaan ja saa tiukentaa lain määräaikaa, ei
  pidentää sitä. Kello käy sen lain mukaan, joka oli voimassa sen alkaessa.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut"
    Ja yksikön "Nuorten palvelut" väki on
      | nimi        | ammatti                     | osaaminen     |
      | Aino Laine  | Sairaanhoitaja              |               |
      | Salla Niemi | Psykiatrinen sairaanhoitaja | IPC-menetelmä |
    Ja asiakas "Oona Virta", 15 v

  @T3
  Tapaus: Suunnitelman tavoiteaika on alueen asetus
    Oletetaan alueen asetus "Suunnitelmasta sovitaan (T3)" on 20 päivää
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Salla Niemi" vie asian askeleeseen "Asiakassuunnitelma" ma 18.1. klo 9.00
    Niin tavoite "Tavoite: Asiakassuunnitelma" päättyy su 7.2.2027 klo 24.00

  @D-17
  Tapaus: Alueen tiukentama lain määräaika sitoo
    Oletetaan alue on tiukentanut lain määräaikaa "Terapiatakuu": 14 päivää
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 1.2.2027 klo 9.00
    Ja "Salla Niemi" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty"
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Ohjaus IPC-hoitoon"
    Niin määräaika "Terapiatakuu" päättyy ma 15.2.2027 klo 24.00

  @D-17
  Tapaus: Ennen terapiatakuun voimaantuloa sen kello ei käy
    Oletetaan laki on sellaisena kuin se oli 30.4.2025
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 1.2.2027 klo 9.00
    Ja "Salla Niemi" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty"
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Ohjaus IPC-hoitoon"
    Niin määräaika "Terapiatakuu" ei ole alkanut

  @D-17
  Tapaus: Terapiatakuun kello käy siitä päivästä, jona laki tuli voimaan
    Oletetaan laki on sellaisena kuin se oli 1.5.2025
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 1.2.2027 klo 9.00
    Ja "Salla Niemi" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty"
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Ohjaus IPC-hoitoon"
    Niin määräaika "Terapiatakuu" päättyy ma 1.3.2027 klo 24.00
